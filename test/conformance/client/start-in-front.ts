import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startListening, type Listening } from "../start-listening.ts";
import { CLIENT_DOCUMENT } from "./provider-for.ts";
import type { Scenario } from "./scenario.ts";

/** How the proxy deals with logins; `pass` leaves them to the client, as without configuration. */
export const variants = ["pass", "facade", "client"] as const;
export type Variant = (typeof variants)[number];

/** The proxy as people start it, in front of `target`, for one scenario. */
export async function startInFront(target: string, variant: Variant, scenario: Scenario): Promise<Listening> {
  const home = mkdtempSync(join(tmpdir(), "mcpguard-conformance-"));
  const config = join(home, "proxy.json");
  writeFileSync(config, JSON.stringify(variant === "pass" ? {} : { oauth: oauthFor(variant, scenario) }));
  const remove = (): void => rmSync(home, { recursive: true, force: true });
  const args = ["bin/mcpguard.js", "proxy", "--port", "0", "--target", target, "--config", config];
  try {
    const proxy = await startListening(args, { HOME: home, MCPGUARD_HOME: home });
    return { ...proxy, stop: () => proxy.stop().finally(remove) };
  } catch (error) {
    remove();
    throw error;
  }
}

/** What a person would write into the configuration for the scenario. */
function oauthFor(mode: "facade" | "client", { name, context }: Scenario): object {
  const { client_id, client_secret, issuer } = context;
  const configured = { mode, client_id, client_secret, issuer };
  if (name === "auth/pre-registration") return configured;
  if (mode === "facade") return { mode };
  if (name === "auth/client-credentials-basic") return { ...configured, grant: "client_credentials" };
  return name === "auth/basic-cimd" ? { mode, client_id: CLIENT_DOCUMENT } : { mode };
}
