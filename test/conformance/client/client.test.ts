import { beforeAll, expect, it } from "vitest";
import { installSuites, type InstalledSuites } from "../install-suites.ts";
import { show } from "../compare.ts";
import { runScenario } from "./run-scenario.ts";

let installed: InstalledSuites;

beforeAll(async () => {
  installed = await installSuites();
}, 300_000);

// All of them, in all columns, take minutes: `npm run conformance:client`.
it.each([
  ["facade", "auth/metadata-var3", "18/0"],
  ["facade", "auth/scope-step-up", "22/0"],
  ["facade", "auth/iss-wrong-issuer", "8/0"],
  ["client", "auth/metadata-var3", "18/0"],
  ["client", "auth/authorization-server-migration", "27/0"],
  ["client", "auth/client-credentials-basic", "8/0"],
] as const)(
  "a client behind the proxy (%s) passes %s",
  { timeout: 100_000, retry: 1 },
  async (variant, scenario, count) => {
    expect(show(await runScenario(installed, scenario, variant))).toBe(count);
  },
);
