import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Event, EventDraft } from "../../src/core/event.ts";
import type { Session } from "../../src/core/session.ts";
import { newEventId, stampEvent } from "../../src/audit/stamp.ts";
import { type AuditLog, openAuditLog } from "../../src/audit/write.ts";

export const session: Session = { id: "s1", client: "cursor", server: "files", protocol: "mcp", transport: "stdio" };

export const draft: EventDraft = {
  event_type: "message",
  severity: "info",
  message: "tools/call answered",
  blocked: false,
  details: { bytes: 120 },
  direction: "to-client",
  method: "tools/call",
  tool: "add",
  detector: null,
  rule: null,
  action: "allow",
};

export const noon = Date.UTC(2026, 10, 22, 12);

export function event(changes: Partial<Event> = {}): Event {
  return { ...stampEvent(draft, session, noon, newEventId()), ...changes };
}

/** A folder that is removed when the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "mcpguard-log-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A log that keeps everything and collects its errors. */
export function openLog(folder: string, retentionDays = 0): AuditLog & { errors: unknown[] } {
  const errors: unknown[] = [];
  const log = openAuditLog({ folder, retentionDays, onError: (error) => errors.push(error) });
  onTestFinished(log.closeSync);
  return { ...log, errors };
}

function rethrow(error: unknown): never {
  throw error;
}

/** Writes events at once. */
export function writeLog(folder: string, ...events: Event[]): void {
  const log = openAuditLog({ folder, retentionDays: 0, onError: rethrow });
  for (const one of events) log.append(one);
  log.closeSync();
}

export function linesOf(folder: string, day = "2026-11-22"): string[] {
  return readFileSync(join(folder, `${day}.jsonl`), "utf8")
    .split("\n")
    .slice(0, -1);
}
