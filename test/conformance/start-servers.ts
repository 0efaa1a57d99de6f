import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startListening, type Listening } from "./start-listening.ts";

const path = "/mcp";

/** The fixture, as `npm run conformance:server` starts it. */
export function startFixture(): Promise<Listening> {
  return startListening(["--import", "tsx", "test/fixtures/conformance-server/start.ts", "--port", "0"]);
}

/** The proxy as people start it, in front of `target` and with a home of its own. */
export async function startProxy(target: string): Promise<Listening> {
  const home = mkdtempSync(join(tmpdir(), "mcpguard-conformance-"));
  const remove = () => rmSync(home, { recursive: true, force: true });
  try {
    const proxy = await startListening(["bin/mcpguard.js", "proxy", "--port", "0", "--target", target], {
      HOME: home,
      MCPGUARD_HOME: home,
    });
    return { origin: proxy.origin, stop: () => proxy.stop().finally(remove) };
  } catch (error) {
    remove();
    throw error;
  }
}

/** Where an origin's MCP endpoint is. */
export function endpointOf({ origin }: Listening): string {
  return `${origin}${path}`;
}
