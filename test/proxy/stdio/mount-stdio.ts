import { mkdtempSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openAuditLog } from "../../../src/audit/write.ts";
import type { Event } from "../../../src/core/event.ts";
import { loadPolicy } from "../../../src/policy/load.ts";
import { Route } from "../../../src/proxy/route.ts";
import { createStdioGateway, type StdioGateway, type StdioGatewayOptions } from "../../../src/proxy/stdio/gateway.ts";
import { readEvents } from "../exchange/read-events.ts";

export type Start = Partial<Omit<StdioGatewayOptions, "route">> & {
  command?: readonly string[];
  env?: Record<string, string>;
  shared?: boolean;
  mount?: string;
  /** The text of config.yaml. */
  config?: string;
};

export type Started = {
  url: string;
  home: string;
  gateway: StdioGateway;
  route: Route;
  /** What the log holds; complete once the gateway is closed. */
  events(): Event[];
  close(): Promise<void>;
};

const servers = join(import.meta.dirname, "../../fixtures/servers");
export const commanded = [process.execPath, join(servers, "commanded.mjs")];

/** A stdio server offered over HTTP, by default the commanded one, with a home of its own. */
export async function mountStdio(start: Start = {}): Promise<Started> {
  const { command = commanded, env = {}, shared = false, mount = "", config = "", ...options } = start;
  const home = mkdtempSync(join(tmpdir(), "mcpguard-stdio-"));
  const { policyFor } = loadPolicy("config.yaml", config);
  const logFolder = join(home, "log");
  const log = openAuditLog({ folder: logFolder, retentionDays: 0, onError: fail });
  const server = { command, env, shared };
  const upstream = { name: "tested", mount, server, protocol: undefined, oauth: undefined, keepGrpc: false };
  const policies = { policyFor, follow: () => () => {} };
  const route = new Route({ upstream, home, log, policies, onJudged: () => {} });
  const gateway = createStdioGateway({
    route,
    paths: { mcp: "/mcp", sse: "/sse", messages: "/messages/" },
    maxBodySize: 10 * 1024 * 1024,
    maxSseConnections: 100,
    requestTimeout: 0,
    ...options,
  });
  const listener = createServer((request, response) => {
    void gateway.handle(request, response, (request.url ?? "").slice(mount.length), "127.0.0.1");
  });
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> =>
    (closing ??= (async () => {
      await gateway.close();
      listener.close().closeAllConnections();
      route.close();
      log.closeSync();
    })());
  const url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}${mount}`;
  return { url, home, gateway, route, events: () => readEvents(logFolder), close };
}

function fail(error: unknown): void {
  throw error;
}
