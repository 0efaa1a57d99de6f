import { expect, it } from "vitest";
import { defaultPolicy, type Policy } from "../../../src/core/policy.ts";
import type { ProxyKeys } from "../../../src/policy/schema-proxy.ts";
import { completeOptions } from "../../../src/proxy/options/complete.ts";
import { startWarnings, type StartFacts } from "../../../src/proxy/options/warnings.ts";

const quiet = { keyOnCommandLine: false, listsOnCommandLine: false };

function warningsOf(
  keys: ProxyKeys,
  apiKey?: string,
  facts: StartFacts = quiet,
  policy: Policy = defaultPolicy,
): string[] {
  const policies = { policyFor: () => policy, follow: () => () => {} };
  const given = { home: "/h", logFolder: "/l", pathOf: (written: string) => written };
  return startWarnings(completeOptions({ ...given, layers: [keys], policies, apiKey }), facts);
}

it("says nothing where all is well", () => {
  expect(warningsOf({})).toEqual([]);
  expect(warningsOf({ host: "localhost" }, "key")).toEqual([]);
  expect(warningsOf({ target: "https://mcp.example/?api_key=1", oauth: "client" })).toEqual([]);
  expect(warningsOf({ target: "http://mcp.example/mcp?page=1" })).toEqual([]);
  expect(warningsOf({ target: "http://[::1]:9/?token=1" })).toEqual([]);
});

it.each(["0.0.0.0", "::", "192.168.1.5", "guard.example"])(
  "warns of %s without a key, and of a key in the clear",
  (host) => {
    expect(warningsOf({ host })).toEqual([expect.stringMatching(/without an API key anybody .* MCPGUARD_API_KEY/)]);
    expect(warningsOf({ host }, "key")).toEqual([expect.stringMatching(/travels unencrypted; use --tls-cert/)]);
    expect(warningsOf({ host, trusted_proxies: ["10.0.0.1"] }, "key")).toEqual([]);
    expect(warningsOf({ host, tls_cert_path: "c", tls_key_path: "k" }, "key")).toEqual([]);
  },
);

it("warns of a key that ps shows, without showing it", () => {
  const [warning, ...others] = warningsOf({}, "hunter2", { ...quiet, keyOnCommandLine: true });
  expect(warning).toMatch(/process list; use MCPGUARD_API_KEY or --api-key-file/);
  expect(warning).not.toContain("hunter2");
  expect(others).toEqual([]);
});

it.each<ProxyKeys>([
  { target: "http://mcp.example/mcp?api_key=hunter2" },
  { target: "http://mcp.example/mcp?x=1&accessToken=hunter2" },
  { target: "http://mcp.example/mcp", oauth: "client" },
  { upstreams: { crm: "http://10.0.0.7/?sig_auth=hunter2" } },
])("warns of a key that goes to another machine in the clear: %j", (keys) => {
  const warnings = warningsOf(keys);
  expect(warnings).toEqual([
    expect.stringMatching(/the key for (default|crm) travels unencrypted to [\w.]+; use https/),
  ]);
  expect(warnings.join()).not.toContain("hunter2");
});

it.each<[ProxyKeys, boolean]>([
  [{ target: "http://localhost:8080/mcp" }, true],
  [{ target: "http://127.0.0.1", port: 80 }, true],
  [{ target: "http://[::1]:8080", host: "0.0.0.0" }, true],
  [{ target: "http://localhost:8081" }, false],
  [{ target: "http://10.0.0.1:8080" }, false],
  [{ target: "http://localhost:8080", port: 0 }, false],
])("notices where the target is the proxy itself: %j %s", (keys, isLoop) => {
  expect(warningsOf(keys, "key").some((warning) => warning.includes("is the proxy itself"))).toBe(isLoop);
});

it("warns of what is allowed and denied, once, where flags were part of it", () => {
  const policy = { ...defaultPolicy, allow: ["read_file", "search"], deny: ["read_*"] };
  const keys: ProxyKeys = { upstreams: { a: "x", b: "y" } };
  expect(warningsOf(keys, undefined, { ...quiet, listsOnCommandLine: true }, policy)).toEqual([
    "read_file is both allowed and denied; deny wins",
  ]);
  expect(warningsOf(keys, undefined, quiet, policy)).toEqual([]);
});
