import { hash as digest } from "node:crypto";
import type { Event } from "../core/event.ts";

/** A line of the log, without its line end, and what its writer's next line refers to. */
export type ChainedLine = { text: string; session: string; hash: string; isLast: boolean };

/** The hash by which a writer's next line refers to this one. */
export function hashLine(line: string): string {
  return digest("sha256", line);
}

/** Writes events as lines, each holding the hash of its session's line before; `heads` holds the last hash of each session. */
export function chainLines(events: readonly Event[], heads: ReadonlyMap<string, string>): ChainedLine[] {
  const newer = new Map<string, string | null>();
  return events.map((event) => {
    const { session } = event;
    const prev = newer.has(session) ? newer.get(session) : heads.get(session);
    const text = lineOf(event, prev ?? null);
    const isLast = event.event_type === "session_end";
    const hash = hashLine(text);
    newer.set(session, isLast ? null : hash);
    return { text, session, hash, isLast };
  });
}

/** Moves the heads on to lines that are on disk. After `session_end` a session's chain starts anew. */
export function advanceHeads(heads: Map<string, string>, lines: readonly ChainedLine[]): void {
  for (const { session, hash, isLast } of lines) {
    if (isLast) heads.delete(session);
    else heads.set(session, hash);
  }
}

function lineOf(event: Event, prev: string | null): string {
  return `${jsonOf(event).slice(0, -1)},"prev":${prev === null ? "null" : `"${prev}"`}}`;
}

function jsonOf(event: Event): string {
  try {
    return JSON.stringify(event);
  } catch {
    // Details nested too deeply must not stop all later events.
    return JSON.stringify({ ...event, details: { unwritable: true } });
  }
}
