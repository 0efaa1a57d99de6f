import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { gather } from "../../../src/commands/proxy/gather.ts";
import { pairOnDisk } from "../../proxy/tls/pairs.ts";

function folderWith(files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "proxy-gather-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

const gathered = (folder: string, given: Record<string, unknown> = {}, env: Record<string, string> = {}) =>
  gather(given, { env: { MCPGUARD_HOME: join(folder, "guard"), ...env }, home: folder, folder });

it("lets flags go before variables, and variables before the file", () => {
  const folder = folderWith({ "c.yaml": "port: 1\nhost: '::1'\nrate_limit: 5\ncache_ttl: 9\n" });
  const { options, warnings } = gathered(
    folder,
    { port: 3 },
    { MCPGUARD_PORT: "2", MCPGUARD_CONFIG: "c.yaml", MCPGUARD_CACHE_TTL: "8" },
  );
  expect(options).toMatchObject({ port: 3, host: "::1", cacheTtl: 8, home: join(folder, "guard") });
  expect(options.policies.policyFor("default").rateLimits).toEqual([{ method: "*", limit: 5, windowMs: 60_000 }]);
  expect(warnings).toEqual([]);
});

it("limits every method to 100 calls in 60 s by default", () => {
  const { options } = gathered(folderWith());
  expect(options.policies.policyFor("any").rateLimits).toEqual([{ method: "*", limit: 100, windowMs: 60_000 }]);
  const { options: other } = gathered(folderWith(), { "rate-limit": 1, "rate-window": 0.5 });
  expect(other.policies.policyFor("any").rateLimits).toEqual([{ method: "*", limit: 1, windowMs: 500 }]);
});

it("reads mcpguard's own configuration where none is named", () => {
  const folder = folderWith();
  mkdirSync(join(folder, "guard"));
  writeFileSync(join(folder, "guard", "config.yaml"), "port: 7\nallow: [a]\ndney: [b]\n");
  const { options, warnings } = gathered(folder, { deny: ["c"] });
  expect(options.port).toBe(7);
  expect(options.policies.policyFor("default")).toMatchObject({ allow: ["a"], deny: ["c"] });
  expect(warnings).toEqual([expect.stringMatching(/config\.yaml:3:1: unknown key dney/)]);
});

it("has a setting or a key for all that the seed's file could say, with the effect of its flag", () => {
  const file = {
    listen_host: "::1",
    listen_port: 9,
    target_url: "http://up:1/x",
    ssePath: "/events",
    "messages-path": "/post/",
    env: { A: "1" },
    log_dir: "logs",
    allowlisted_tools: ["a"],
    denylisted_tools: ["b"],
    rate_limit: 4,
    rateWindow: 3,
    max_sse_connections: 2,
    request_timeout: 1,
    max_body_size: 8,
    trusted_proxies: ["10.0.0.0/8"],
    api_key: "file-key",
    preset: "monitor",
  };
  const args = {
    host: "::1",
    port: 9,
    target: "http://up:1/x",
    "sse-path": "/events",
    "messages-path": "/post/",
    env: "A=1",
    "log-dir": "logs",
    allow: "a",
    deny: "b",
    "rate-limit": 4,
    "rate-window": 3,
    "max-sse-connections": 2,
    "request-timeout": 1,
    "max-body-size": 8,
    "trusted-proxy": "10.0.0.0/8",
    "api-key": "file-key",
    preset: "monitor",
  };
  const folder = folderWith({ "c.json5": JSON.stringify(file) });
  const [byFile, byFlags] = [gathered(folder, { config: "c.json5" }).options, gathered(folder, args).options];
  const { policies: rules, ...others } = byFile;
  const { policies: sameRules, ...same } = byFlags;
  expect(others).toEqual(same);
  expect(rules.policyFor("default")).toEqual(sameRules.policyFor("default"));
});

describe("the log folder", () => {
  it("is made for its owner only, below mcpguard's home unless another is named", () => {
    const folder = folderWith();
    expect(gathered(folder).options.logFolder).toBe(join(folder, "guard", "log"));
    expect(gathered(folder, { "log-dir": "~/a/b" }).options.logFolder).toBe(join(folder, "a", "b"));
    expect(gathered(folder, { "log-dir": "c" }).options.logFolder).toBe(join(folder, "c"));
    if (process.platform === "win32") return;
    for (const made of ["guard", "guard/log", "a", "a/b", "c"]) {
      expect(statSync(join(folder, made)).mode & 0o777).toBe(0o700);
    }
  });

  it.each(["file/log", "file", ...(process.platform === "linux" ? ["/proc/nothing/here"] : [])])(
    "is refused where nothing can be written: %s",
    (path) => {
      expect(() => gathered(folderWith({ file: "" }), { "log-dir": path })).toThrow(
        /The log folder .* cannot be used \(E/,
      );
    },
  );
});

describe("the API key", () => {
  it.each<[string, Record<string, unknown>, Record<string, string>, string]>([
    ["a flag", { "api-key": "flag" }, { MCPGUARD_API_KEY: "env" }, "flag"],
    ["a file named as a flag", { "api-key-file": "key" }, { MCPGUARD_API_KEY: "env" }, "from-file"],
    ["the environment", { config: "c.yaml" }, { MCPGUARD_API_KEY: "env" }, "env"],
    ["a file named in the environment", {}, { MCPGUARD_API_KEY_FILE: "key" }, "from-file"],
    ["the configuration", { config: "c.yaml" }, {}, "from-config"],
  ])("comes from %s", (_, given, env, key) => {
    const folder = folderWith({ key: " from-file\r\n", "c.yaml": "api_key: from-config\n" });
    expect(gathered(folder, given, env).options.apiKey).toBe(key);
  });

  it("is warned about only as a flag", () => {
    expect(gathered(folderWith(), { "api-key": "k" }).warnings).toEqual([expect.stringContaining("process list")]);
    expect(gathered(folderWith(), {}, { MCPGUARD_API_KEY: "k" }).warnings).toEqual([]);
  });

  it.each<[string, Record<string, unknown>, Record<string, string>, RegExp]>([
    ["given twice", { "api-key": "hunter2", "api-key-file": "key" }, {}, /both an API key and a file/],
    ["empty in the environment", {}, { MCPGUARD_API_KEY: "" }, /MCPGUARD_API_KEY is set but empty/],
    ["empty as a flag", { "api-key": "" }, {}, /--api-key: /],
    ["in a missing file", { "api-key-file": "none" }, {}, /API key file .*none cannot be read \(ENOENT\)/],
    ["in an empty file", { "api-key-file": "empty" }, {}, /empty holds no API key/],
    ["in a file of several lines", { "api-key-file": "lines" }, {}, /lines holds no API key/],
  ])("is refused %s, and never shown", (_, given, env, message) => {
    const folder = folderWith({ key: "hunter2", empty: "\n", lines: "hunter2\nhunter2\n" });
    expect(() => gathered(folder, given, env)).toThrow(message);
    expect(() => gathered(folder, given, env)).not.toThrow(/hunter2/);
  });
});

it("checks the certificate at once, and knows when it ended", async () => {
  const { certPath, keyPath, folder } = await pairOnDisk();
  const given = { "tls-cert": "cert.pem", "tls-key": keyPath };
  expect(gathered(folder, given).options.tls).toEqual({ certPath, keyPath });
  expect(() => gathered(folder, { ...given, "tls-key": certPath })).toThrow(/no PEM private key/);
});

it("takes a command once", () => {
  expect(gathered(folderWith(), { "--": ["node", "-p", "1"] }).options.upstreams[0].server).toMatchObject({
    command: ["node", "-p", "1"],
  });
  expect(() => gathered(folderWith(), { "--": ["node"], cmd: "node" })).toThrow(/Give it once|both after --/);
});
