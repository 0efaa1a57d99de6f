import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { openAuditLog } from "../../../src/audit/write.ts";
import { newEventId, stampEvent } from "../../../src/audit/stamp.ts";
import type { EventDraft } from "../../../src/core/event.ts";

const [disk = ""] = process.argv.slice(2);
const day = `${disk}/2026-11-22.jsonl`;
const draft = {
  severity: "info",
  blocked: false,
  details: { filling: "x".repeat(500) },
  direction: null,
  method: null,
  tool: null,
  detector: null,
  rule: null,
  action: null,
} as const;
const errors: string[] = [];
const log = openAuditLog({ folder: disk, retentionDays: 0, onError: (error) => errors.push(String(error)) });

function append(event_type: EventDraft["event_type"], n: number): void {
  const session = { id: "s1", client: "c", server: "s", protocol: "mcp", transport: "stdio" } as const;
  log.append(
    stampEvent({ ...draft, event_type, message: `event ${n}` }, session, Date.UTC(2026, 10, 22), newEventId()),
  );
}

writeFileSync(`${disk}/filler`, "x".repeat(600_000));
append("session_start", 0);
for (let n = 1; n < 600; n++) append("message", n);
await log.flush();
const whenFull = readFileSync(day, "utf8");
rmSync(`${disk}/filler`);
append("session_end", 600);
log.closeSync();
process.stdout.write(JSON.stringify({ errors, whenFull, after: readFileSync(day, "utf8") }));
