import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { differences, isFine, show } from "./compare.ts";
import { installSuites, type InstalledSuites } from "./install-suites.ts";
import { runProxied } from "./run-proxied.ts";
import { runSuite } from "./run-suite.ts";
import type { Listening } from "./start-listening.ts";
import { endpointOf, startFixture } from "./start-servers.ts";
import { suites } from "./suites.ts";

let installed: InstalledSuites;
let fixture: Listening;

beforeAll(async () => {
  [installed, fixture] = await Promise.all([installSuites(), startFixture()]);
}, 300_000);
afterAll(() => fixture.stop());

// Some scenarios wait no longer than half a second, which a busy machine may take.
describe("the conformance suites", { timeout: 150_000, retry: 1 }, () => {
  it.each(suites)("pass whole against the fixture: $name", async (suite) => {
    const direct = await runSuite(installed, suite, endpointOf(fixture));
    expect(show(direct)).toBe(`${suite.checks}/0`);
  });

  it.each(suites)("pass whole through the proxy: $name", async (suite) => {
    const proxied = await runProxied(installed, suite, fixture);
    expect(show(proxied)).toBe(`${suite.checks}/0`);
  });

  it("count less against a dead endpoint, where some scenarios still pass", async () => {
    const [suite] = suites;
    const direct = await runSuite(installed, suite, endpointOf(fixture));
    const proxied = await runSuite(installed, suite, "http://127.0.0.1:9/mcp");
    expect(isFine({ suite, direct, proxied: direct })).toBe(true);
    expect(isFine({ suite, direct, proxied })).toBe(false);
    expect(differences({ suite, direct, proxied })).toContain("ping: direct 1/0, proxied 0/1");
  });
});

describe("the fixture", () => {
  it.each(["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"])(
    "opens a session that speaks %s",
    async (revision) => {
      const response = await fetch(endpointOf(fixture), {
        method: "POST",
        headers: { "content-type": "application/json", accept: "application/json, text/event-stream" },
        body: JSON.stringify({
          jsonrpc: "2.0",
          id: 1,
          method: "initialize",
          params: { protocolVersion: revision, capabilities: {}, clientInfo: { name: "test", version: "1" } },
        }),
      });
      expect(response.headers.get("mcp-session-id")).toMatch(/^[\w-]{36}$/);
      expect(await response.text()).toContain(`"protocolVersion":"${revision}"`);
    },
  );
});
