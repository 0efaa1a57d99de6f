import { describe, expect, it } from "vitest";
import { GuardError } from "../../../src/core/errors.ts";
import { flags } from "../../../src/commands/proxy/flags.ts";
import { envLayer, flagLayer } from "../../../src/commands/proxy/layers.ts";
import { configSchema } from "../../../src/policy/schema.ts";
import { canonicalKey } from "../../../src/policy/spelling.ts";

function refusal(work: () => unknown): GuardError {
  try {
    work();
  } catch (error) {
    if (error instanceof GuardError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

it("makes every option a key of the configuration", () => {
  const keys = Object.keys(configSchema.shape);
  expect(Object.keys(flags).filter((name) => !keys.includes(canonicalKey(name)))).toEqual([]);
});

describe("the command line", () => {
  it("says what a configuration would", () => {
    const given = {
      port: 0,
      cmd: ["npx", "-y"],
      allow: "a",
      "tls-cert": "c",
      env: "A=b=c",
      "hot-reload": false,
      json: true,
    };
    expect(flagLayer(given, undefined)).toEqual({
      port: 0,
      command: ["npx", "-y"],
      allow: ["a"],
      tls_cert_path: "c",
      env: { A: "b=c" },
      hot_reload: false,
    });
    expect(flagLayer({}, ["node", "1"])).toEqual({ command: ["node", "1"] });
    expect(flagLayer({}, undefined)).toEqual({});
  });

  it.each<[Record<string, unknown>, string]>([
    [{ port: 99_999 }, "--port 99999: expected a port from 0 to 65535"],
    [{ port: NaN }, "--port: expected a port from 0 to 65535"],
    [{ mode: "x" }, '--mode x: expected one of "http"|"stdio"'],
    [{ "rate-limit": 0 }, "--rate-limit 0: expected number to be >0"],
    [{ "rate-window": -1 }, "--rate-window -1: expected number to be >0"],
    [{ "rate-limit-status": 403 }, "--rate-limit-status 403: expected 200 or 429"],
    [
      { "allowed-origin": ["https://a", "b"] },
      "--allowed-origin: expected an origin such as https://app.example, or *",
    ],
    [{ target: "ftp://hunter2" }, "--target: expected a URL that begins with http:// or https://"],
    [{ "api-key": "hunter2 hunter2" }, "--api-key: expected visible ASCII characters without spaces"],
    [{ env: ["A=1", "hunter2"] }, "--env takes NAME=VALUE"],
    [{ env: "=hunter2" }, "--env takes NAME=VALUE"],
  ])("refuses %j and names the option", (given, message) => {
    const error = refusal(() => flagLayer(given, undefined));
    expect(error).toMatchObject({ code: "USAGE", message });
    expect(error.fix).toContain("--help");
  });
});

describe("the environment", () => {
  it("says the same, with commas in lists", () => {
    const env = {
      MCPGUARD_PORT: "9",
      MCPGUARD_CMD: "npx -y 'a b'",
      MCPGUARD_DENY: "rm, mv",
      MCPGUARD_SHARED: "true",
      MCPGUARD_HOT_RELOAD: "0",
      MCPGUARD_ENV: "A=1,B=2",
      MCPGUARD_TARGET: "",
      MCPGUARD_HOME: "/elsewhere",
      PORT: "1",
    };
    expect(envLayer(env)).toEqual({
      port: 9,
      command: "npx -y 'a b'",
      deny: ["rm", "mv"],
      shared: true,
      hot_reload: false,
      env: { A: "1", B: "2" },
    });
  });

  it("is refused by its own name", () => {
    expect(refusal(() => envLayer({ MCPGUARD_RATE_LIMIT: "many" })).message).toMatch(/^MCPGUARD_RATE_LIMIT many: /);
    expect(refusal(() => envLayer({ MCPGUARD_PORT: " " })).message).toMatch(/^MCPGUARD_PORT .*: expected a port/);
    expect(refusal(() => envLayer({ MCPGUARD_SHARED: "maybe" })).message).toMatch(/^MCPGUARD_SHARED maybe: .*boolean/);
    expect(refusal(() => envLayer({ MCPGUARD_API_KEY: "hunter2 " })).message).not.toContain("hunter2");
  });
});
