import { LowSync } from "lowdb";
import { errorCode, GuardError } from "../core/errors.ts";
import type { Event } from "../core/event.ts";
import { createDayAdapter } from "./day-adapter.ts";
import { newEventId } from "./stamp.ts";

export type AuditLog = {
  /** Takes the event into the next batch: microseconds, never throws. */
  append(event: Event): void;
  /** Writes the batch now. */
  flush(): Promise<void>;
  /** Writes the batch and closes the file; for the end of the process, where timers no longer run. */
  closeSync(): void;
};

const batchMs = 50;
/** About 100 KB, and about a millisecond of work. */
const batchSize = 256;
const retryMs = 1000;
/** About 4 MB, while nothing can be written. */
const keptWhileFailing = 4096;

/**
 * The audit log in `folder`, which is made when first needed. A log that cannot be written never disturbs the caller:
 * `onError` gets one GuardError for each kind of failure, and the newest events are kept for a later attempt.
 */
export function openAuditLog(options: {
  folder: string;
  retentionDays: number;
  onError(error: unknown): void;
}): AuditLog {
  const adapter = createDayAdapter(options.folder, options.retentionDays);
  const database = new LowSync<Event[]>(adapter, []);
  const report = reportOnce(options.folder, options.onError);
  let timer: NodeJS.Timeout | undefined;
  let isUrgent = false;
  let isFailing = false;
  let lost = 0;

  function append(event: Event): void {
    if (database.data.length >= keptWhileFailing) makeRoom();
    database.data.push(event);
    timer ??= setTimeout(write, isFailing ? retryMs : batchMs).unref();
    if (database.data.length < batchSize || isUrgent || isFailing) return;
    isUrgent = true;
    setImmediate(write);
  }

  function makeRoom(): void {
    if (!isFailing) write();
    while (database.data.length >= keptWhileFailing) {
      database.data.shift();
      lost++;
    }
  }

  function write(): void {
    clearTimeout(timer);
    timer = undefined;
    isUrgent = false;
    const newest = database.data.at(-1);
    try {
      database.write();
      isFailing = false;
      if (lost === 0 || newest === undefined) return;
      database.data.push(lostEvent(newest, lost));
      lost = 0;
      database.write();
    } catch (error) {
      isFailing = true;
      report(error);
    }
  }

  function closeSync(): void {
    write();
    adapter.close();
  }

  return { append, flush: async () => write(), closeSync };
}

function reportOnce(folder: string, onError: (error: unknown) => void): (error: unknown) => void {
  const reported = new Set<string>();
  return (error) => {
    const kind = errorCode(error) || String(error);
    if (reported.has(kind)) return;
    reported.add(kind);
    const fix =
      "Free space or fix the folder's permissions; until then the traffic goes on and the newest events are kept.";
    onError(new GuardError("LOG_UNWRITABLE", `cannot write the audit log in ${folder}: ${kind}`, fix, error));
  };
}

function lostEvent(near: Event, count: number): Event {
  return {
    ...near,
    event_type: "guard_error",
    severity: "medium",
    message: `${count} events were lost while the audit log could not be written`,
    blocked: false,
    details: { lost: count },
    direction: null,
    method: null,
    tool: null,
    detector: null,
    rule: null,
    action: null,
    id: newEventId(),
  };
}
