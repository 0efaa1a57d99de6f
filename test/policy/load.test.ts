import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { GuardError } from "../../src/core/errors.ts";
import { loadPolicy } from "../../src/policy/load.ts";

const folder = mkdtempSync(join(tmpdir(), "policy-load-"));
afterAll(() => rmSync(folder, { recursive: true }));

function refusal(path: string, text?: string): GuardError {
  try {
    loadPolicy(path, text);
  } catch (error) {
    if (error instanceof GuardError) return error;
    throw error;
  }
  throw new Error("loaded without an error");
}

describe("loadPolicy", () => {
  it.each([
    ["c.yaml", "deny: [rm] # comment\nservers:\n  a:\n    preset: strict\n"],
    ["c.json", '{"deny": ["rm"], "servers": {"a": {"preset": "strict"}}}'],
    ["c.jsonc", '{"deny": ["rm"], // comment\n "servers": {"a": {"preset": "strict",},},}'],
    ["c.json5", "{deny: ['rm'], servers: {a: {preset: 'strict'}}}"],
  ])("reads %s from the disk", (name, text) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    const { policyFor, warnings } = loadPolicy(path);
    expect(warnings).toEqual([]);
    expect(policyFor("a")).toMatchObject({ deny: ["rm"], preset: "strict" });
  });

  it.each(["rate_limit", "rateLimit", "rate-limit", "--rate-limit"])("takes %s for rate_limit", (key) => {
    expect(loadPolicy("c.json", JSON.stringify({ [key]: 7 })).policyFor("a").rateLimits[0]?.limit).toBe(7);
  });

  it("takes the older names, and joins lists given under both", () => {
    const { policyFor, warnings } = loadPolicy("c.yaml", "denylisted_tools: [a]\nallowlisted_tools: [c]\ndeny: [b]\n");
    expect(policyFor("s")).toMatchObject({ deny: ["a", "b"], allow: ["c"] });
    expect(warnings).toEqual(["c.yaml:3:1: deny is deny again; lists are joined, else the last holds"]);
  });

  it("lets a file name its JSON schema", () => {
    expect(loadPolicy("c.json", '{"$schema": "config.schema.json", "deny": ["a"]}').warnings).toEqual([]);
  });

  it("accepts the keys of the proxy, in both spellings", () => {
    const text = `
mode: stdio
listen_host: 127.0.0.1
port: 0
target_url: http://localhost:8000/mcp
sse_path: /sse
messages_path: /messages/
cmd: [python3, server.py]
env: {PORT: 80, DEBUG: true}
log_dir: ./logs
api_key: secret
tls_cert: a.pem
tls_key_path: b.pem
hot_reload: true
cache_ttl: 0
max_body_size: 10485760
rate_limit_status: 429
upstreams: {a: http://localhost:1, b: {url: http://localhost:2}}
`;
    expect(loadPolicy("c.yaml", text).warnings).toEqual([]);
  });

  it.each([
    [
      "deny:\n  - a\nblock_on_injektion: true\n",
      "c.yaml:3:1: unknown key block_on_injektion is ignored; did you mean block_on_injection?",
    ],
    ["servers:\n  git:\n    dney: [a]\n", "c.yaml:3:5: unknown key dney is ignored; did you mean deny?"],
    [
      "rate_limits:\n  - {method: x, limit: 1, windwo: 2}\n",
      "c.yaml:2:27: unknown key windwo is ignored; did you mean window?",
    ],
    ["zzzzzzzz: 1\n", "c.yaml:1:1: unknown key zzzzzzzz is ignored"],
    ["allow: [read_file]\ndeny: ['read_*']\n", "c.yaml:1:9: read_file is both allowed and denied; deny wins"],
  ])("warns about %j", (text, warning) => {
    expect(loadPolicy("c.yaml", text).warnings).toEqual([warning]);
  });

  it("warns about detectors there are not, where it is told which there are", () => {
    const text = "detectors: {prompt-injecton: off, anomaly/burst: log, '*': log}\ntools: {a: {secret: off}}\n";
    expect(loadPolicy("c.yaml", text).warnings).toEqual([]);
    expect(loadPolicy("c.yaml", text, ["anomaly", "prompt-injection"]).warnings).toEqual([
      "c.yaml:1:13: there is no detector prompt-injecton; did you mean prompt-injection?",
      "c.yaml:2:13: there is no detector secret",
    ]);
  });

  it.each([
    ["a limit of zero", "c.yaml", "\nrate_limit: 0\n", /^c\.yaml:2:13: rate_limit: .*>0/],
    ["a negative limit", "c.json", '{\n "rateLimit": -5\n}', /^c\.json:2:15: rateLimit: .*>0/],
    [
      "a text for a number",
      "c.json",
      '{"servers": {"a": {"rate_limit": "5"}}}',
      /^c\.json:1:34: servers\.a\.rate_limit: expected number/,
    ],
    ["a text for a list", "c.yaml", "deny: rm\n", /^c\.yaml:1:7: deny: expected array/],
    ["a number in a list", "c.json5", "{\n// x: 1\n  allow: ['a',\n 5]}", /^c\.json5:4:2: allow\.1: expected string/],
    ["an unknown setting", "c.yaml", "detectors:\n  anomaly: never\n", /^c\.yaml:2:12: detectors\.anomaly: .*off/],
    ["an unknown preset", "c.yaml", "preset: paranoid\n", /^c\.yaml:1:9: preset: .*monitor.*balanced.*strict/],
    ["a list as the whole file", "c.yaml", "- a\n", /^c\.yaml:1:1: the file: expected object/],
    ["broken YAML", "c.yaml", "deny: [a\nallow: b\n", /^c\.yaml:\d+:\d+: this is not valid YAML/],
    [
      "a key given twice in YAML",
      "c.yaml",
      "deny: [a]\ndeny: [b]\n",
      /^c\.yaml:2:1: this is not valid YAML \(duplicate key\)/,
    ],
    ["broken JSON", "c.json", '{\n  "deny": [}\n}', /^c\.json:2:12: this is not valid JSON/],
    ["an alias to nothing", "c.yaml", "deny: *list\n", /^c\.yaml:1:\d+: /],
    ["a port out of range", "c.yaml", "port: 70000\n", /^c\.yaml:1:7: port: /],
    ["a target that is no web address", "c.yaml", "target: file:///etc\n", /^c\.yaml:1:9: target: .*http:/],
    ["a password in a target", "c.yaml", "target: http://u:hunter2@a/\n", /^c\.yaml:1:9: target: .*no user name/],
    ["a path without its slash", "c.yaml", "sse_path: sse\n", /^c\.yaml:1:11: sse_path: .*slash/],
    ["a key with a space", "c.yaml", "api_key: a b\n", /^c\.yaml:1:10: api_key: .*spaces/],
    ["a proxy that is no address", "c.yaml", "trusted_proxies: [a]\n", /^c\.yaml:1:19: trusted_proxies\.0: .*range/],
    ["an origin that is none", "c.yaml", "allowed_origins: [a.b]\n", /^c\.yaml:1:19: allowed_origins\.0: .*https/],
    ["a server of another scheme", "c.yaml", "upstreams: {a: ftp://a}\n", /^c\.yaml:1:16: upstreams\.a: .*http:/],
    [
      "a server of both kinds",
      "c.yaml",
      "upstreams:\n  a: {url: http://a, cmd: b}\n",
      /^c\.yaml:2:6: upstreams\.a: .*only one/,
    ],
    [
      "a server of no kind",
      "c.yaml",
      "upstreams:\n  a: {shared: true}\n",
      /^c\.yaml:2:6: upstreams\.a: .*url or a command/,
    ],
    [
      "a server's wrong key",
      "c.yaml",
      "upstreams:\n  a: {url: http://a, shared: 1}\n",
      /^c\.yaml:2:30: upstreams\.a\.shared: .*boolean/,
    ],
    [
      "a login of no kind",
      "c.yaml",
      "upstreams:\n  a: {url: http://a, oauth: {mode: x}}\n",
      /^c\.yaml:2:36: upstreams\.a\.oauth\.mode: .*client/,
    ],
    ["a server's odd name", "c.yaml", "upstreams: {a/b: x}\n", /^c\.yaml:1:18: upstreams\.a\/b: .*name of letters/],
  ])("refuses %s and says where", (_, path, text, message) => {
    const error = refusal(path, text);
    expect(error.code).toBe("CONFIG_INVALID");
    expect(error.message).toMatch(message);
    expect(error.fix).not.toBe("");
  });

  it("gives the keys of the proxy in their canonical spelling", () => {
    const text = "listen_port: 9\nupstreams:\n  a:\n    url: http://a/\n    keepGrpc: true\n    shard: 1\n";
    const { proxy, warnings } = loadPolicy("c.yaml", text);
    expect(proxy).toEqual({ port: 9, upstreams: { a: { target: "http://a/", keep_grpc: true } } });
    expect(warnings).toEqual(["c.yaml:6:5: unknown key shard is ignored; did you mean shared?"]);
  });

  it("shows three problems of many", () => {
    const { message } = refusal("c.yaml", "rate_limit: a\nrate_window: b\nallow: c\ndeny: d\npreset: e\n");
    expect(message.split("\n")).toHaveLength(4);
    expect(message).toMatch(/… and 2 more$/);
  });

  it.each([
    ["c.yaml", "api_key: hunter2\nport: hunter2\n"],
    ["c.yaml", 'api_key: "hunter2\n'],
    ["c.yaml", "api_key: hunter2 hunter2: hunter2\n"],
    ["c.yaml", "api_key: [hunter2]\n"],
    ["c.json", '{"api_key": hunter2}'],
    ["c.json", '{"api_key": {"hunter2": 1}, "mode": "hunter2"}'],
    ["c.yaml", "api_key: hunter2 hunter2\ntarget: http://a:hunter2@b\n"],
    ["c.yaml", "upstreams: {a: 'http://a:hunter2@b', b: {url: c, oauth: {client_secret: [hunter2]}}}\n"],
  ])("never shows a value: %s %s", (path, text) => {
    const error = refusal(path, text);
    expect(`${error.message} ${error.fix} ${error.cause instanceof Error ? error.cause.message : ""}`).not.toContain(
      "hunter2",
    );
  });

  it("says which file cannot be read, and why", () => {
    const error = refusal(join(folder, "missing.yaml"));
    expect(error).toMatchObject({ code: "CONFIG_UNREADABLE" });
    expect(error.message).toContain("missing.yaml cannot be read (ENOENT)");
  });
});
