import { expect, it } from "vitest";
import { defaultPolicy, type Policy } from "../../src/core/policy.ts";
import type { ProxyKeys } from "../../src/policy/schema-proxy.ts";
import { banner, type Banner } from "../../src/proxy/banner.ts";
import { completeOptions } from "../../src/proxy/options/complete.ts";

const limited: Policy = { ...defaultPolicy, rateLimits: [{ method: "*", limit: 100, windowMs: 60_000 }] };

function bannerOf(keys: ProxyKeys, { url = "http://127.0.0.1:8080", apiKey = "", strict = "" } = {}): Banner {
  const policyFor = (server: string): Policy => (server === strict ? { ...limited, preset: "strict" } : limited);
  const options = completeOptions({
    home: "/h",
    layers: [keys],
    policies: { policyFor, follow: () => () => {} },
    apiKey: apiKey || undefined,
    logFolder: "/h/log",
    pathOf: (written) => written,
  });
  return banner(options, url, ["mind the gap"], "1.2.3");
}

it("begins with the URL and says what runs, by which rules, and what to mind", () => {
  expect(bannerOf({}).lines).toEqual([
    "mcpguard proxy listening on http://127.0.0.1:8080",
    "  server     http://localhost:8000 at http://127.0.0.1:8080/",
    "  rules      balanced; 100 calls of a method in 60 s",
    "  API key    none: whoever reaches it may use it",
    "  log        /h/log",
    "  dashboard  http://127.0.0.1:8080/_mcpguard/",
    "  warning: mind the gap",
  ]);
});

it("says the same in one document", () => {
  expect(JSON.parse(JSON.stringify(bannerOf({}).json))).toEqual({
    event: "listening",
    url: "http://127.0.0.1:8080",
    version: "1.2.3",
    pid: process.pid,
    upstreams: [
      {
        name: "default",
        url: "http://127.0.0.1:8080/",
        server: "http://localhost:8000",
        preset: "balanced",
        rate_limits: ["100 calls of a method in 60 s"],
      },
    ],
    api_key: false,
    tls: false,
    log_dir: "/h/log",
    dashboard: "http://127.0.0.1:8080/_mcpguard/",
    warnings: ["mind the gap"],
  });
});

it("names each of several servers, and their rules where these differ", () => {
  const keys: ProxyKeys = { upstreams: { web: "https://mcp.example/mcp", files: "npx -y some-server", lone: "serve" } };
  const { lines } = bannerOf({ ...keys, shared: true }, { strict: "web" });
  expect(lines).toContain("  server     https://mcp.example/mcp at http://127.0.0.1:8080/s/web/");
  expect(lines).toContain(
    "  server     npx (and 2 arguments), one for all sessions at http://127.0.0.1:8080/s/files/mcp",
  );
  expect(lines).toContain("  server     serve, one for all sessions at http://127.0.0.1:8080/s/lone/mcp");
  expect(lines.filter((line) => line.startsWith("  rules"))).toEqual([
    "  rules      web: strict; 100 calls of a method in 60 s",
    "  rules      files: balanced; 100 calls of a method in 60 s",
    "  rules      lone: balanced; 100 calls of a method in 60 s",
  ]);
});

it("holds no key: not the proxy's, and none from a URL, a command or its environment", () => {
  const githubToken = `ghp_${"1A2b3C4d5E6f7G8h9I0j".repeat(2).slice(0, 36)}`;
  for (const keys of [
    { target: `https://mcp.example/${githubToken}/mcp?api_key=hunter2` },
    { command: ["server", "--password", "hunter2"], env: { TOKEN: "hunter2" } },
    { oauth: { mode: "client", client_secret: "hunter2" } },
  ] satisfies ProxyKeys[]) {
    const { lines, json } = bannerOf(keys, { apiKey: "hunter2" });
    const said = lines.join("\n") + JSON.stringify(json);
    expect(said).not.toContain("hunter2");
    expect(said).not.toContain(githubToken);
    expect(lines).toContain("  API key    wanted from callers");
  }
});

it.each([
  ["http://0.0.0.0:8080", "http://localhost:8080/_mcpguard/"],
  ["https://[::]:8443", "https://localhost:8443/_mcpguard/"],
  ["http://[::1]:8080", "http://[::1]:8080/_mcpguard/"],
])("names a dashboard that can be opened: on %s it is %s", (url, dashboard) => {
  expect(bannerOf({}, { url }).lines).toContain(`  dashboard  ${dashboard}`);
});
