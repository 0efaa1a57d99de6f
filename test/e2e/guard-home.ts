import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stampEvent, newEventId } from "../../src/audit/stamp.ts";
import { openAuditLog } from "../../src/audit/write.ts";
import type { Event, EventDraft } from "../../src/core/event.ts";
import type { Session } from "../../src/core/session.ts";

export const bin = join(import.meta.dirname, "../../bin/mcpguard.js");

/** A session that the written events belong to. */
export const session: Session = { id: "s-e2e", client: "cursor", server: "files", protocol: "mcp", transport: "stdio" };

export type GuardHome = {
  home: string;
  log: string;
  /** Writes an event as a shim would and returns it. */
  write(draft: Partial<EventDraft>): Event;
  remove(): void;
};

/** An `<home>` of one's own. */
export function guardHome(): GuardHome {
  const home = mkdtempSync(join(tmpdir(), "mcpguard-home-"));
  const log = join(home, "log");
  return {
    home,
    log,
    write(draft) {
      const event = stampEvent({ ...plain, ...draft }, session, Date.now(), newEventId());
      const audit = openAuditLog({ folder: log, retentionDays: 0, onError: fail });
      audit.append(event);
      audit.closeSync();
      return event;
    },
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
}

const plain: EventDraft = {
  event_type: "message",
  severity: "info",
  message: "tools/call answered",
  blocked: false,
  details: {},
  direction: "to-client",
  method: "tools/call",
  tool: "read_file",
  detector: null,
  rule: null,
  action: "allow",
};

function fail(error: unknown): void {
  throw error;
}
