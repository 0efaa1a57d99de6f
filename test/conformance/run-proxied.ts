import type { InstalledSuites } from "./install-suites.ts";
import { runSuite, type Outcome } from "./run-suite.ts";
import type { Listening } from "./start-listening.ts";
import { endpointOf, startProxy } from "./start-servers.ts";
import type { Suite } from "./suites.ts";

/** Runs a suite through a proxy of its own, so that no run counts towards the rate limits of another. */
export async function runProxied(installed: InstalledSuites, suite: Suite, server: Listening): Promise<Outcome> {
  const proxy = await startProxy(server.origin);
  try {
    return await runSuite(installed, suite, endpointOf(proxy));
  } finally {
    await proxy.stop();
  }
}
