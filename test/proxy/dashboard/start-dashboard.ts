import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Event } from "../../../src/core/event.ts";
import type { PendingItem } from "../../../src/core/pending.ts";
import { createDashboard } from "../../../src/proxy/dashboard/dashboard.ts";
import type { DashboardStatus } from "../../../src/proxy/dashboard/status.ts";
import { addPending } from "../../../src/state/pending.ts";
import { writeLog } from "../../audit/sample.ts";
import { sampleStatus } from "./sample-status.ts";

export type Started = {
  url: string;
  home: string;
  log: string;
  /** What the proxy says of itself from now on. */
  say(changes: Partial<DashboardStatus>): void;
  write(...events: Event[]): void;
  wait(...items: PendingItem[]): void;
  stop(): Promise<void>;
};

/** A dashboard behind a plain server, over a home of its own. */
export async function startDashboard(): Promise<Started> {
  const home = mkdtempSync(join(tmpdir(), "mcpguard-dashboard-"));
  const log = join(home, "log");
  let changes: Partial<DashboardStatus> = {};
  const dashboard = createDashboard({
    home,
    logFolder: log,
    version: "1.2.3",
    status: () => sampleStatus(changes),
    isSecure: false,
  });
  const server = createServer((request, response) => void dashboard.handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/_mcpguard/`,
    home,
    log,
    say: (said) => (changes = said),
    write: (...events) => writeLog(log, ...events),
    wait: (...items) => {
      for (const item of items) addPending(home, item);
    },
    stop: async () => {
      dashboard.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(home, { recursive: true, force: true });
    },
  };
}
