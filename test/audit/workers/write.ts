import { openAuditLog } from "../../../src/audit/write.ts";
import { newEventId, stampEvent } from "../../../src/audit/stamp.ts";
import type { EventDraft } from "../../../src/core/event.ts";

const [folder = "", id = "", count = "0", startAt = "0"] = process.argv.slice(2);

function draft(n: number): EventDraft {
  return {
    event_type: "message",
    severity: "info",
    message: `event ${n} ${"x".repeat((n * 37) % 2000)}`,
    blocked: false,
    details: { n },
    direction: "to-client",
    method: "tools/call",
    tool: "add",
    detector: null,
    rule: null,
    action: "allow",
  };
}

const log = openAuditLog({ folder, retentionDays: 0, onError: (error) => process.stderr.write(`${String(error)}\n`) });
while (Date.now() < Number(startAt));

/** Some events a turn, as traffic does; a count of 0 goes on until the process is killed. */
function turn(from: number): void {
  const end = Number(count) || Infinity;
  for (let n = from; n < Math.min(from + 20, end); n++) {
    log.append(
      stampEvent(
        draft(n),
        { id, client: "c", server: "s", protocol: "mcp", transport: "stdio" },
        Date.UTC(2026, 10, 22, 12),
        newEventId(),
      ),
    );
  }
  if (from + 20 < end) setImmediate(turn, from + 20);
  else log.closeSync();
}
turn(0);
