import type { Event } from "../core/event.ts";

type Thread = { hasEnded: boolean; hasBeginning: boolean };

/** Follows the chains of all sessions at once. */
export type ChainCheck = {
  /** What is wrong with this line, or undefined. Lines come in the order of the log. */
  add(event: Event, hash: string): string | undefined;
  sessions(): number;
  warnings(): string[];
};

const broken = "a line was removed, edited or moved";

/** Open ends are the hashes of lines that no line has followed yet: one per session and per broken place. */
export function createChainCheck(): ChainCheck {
  const openEnds = new Set<string>();
  const threads = new Map<string, Thread>();
  let unchained = 0;

  function add(event: Event, hash: string): string | undefined {
    const { session, prev } = event;
    const thread = threads.get(session);
    // Older logs hold no chain.
    if (prev === undefined && thread === undefined) unchained++;
    if (prev === undefined) return thread && `holds no link to the line before it: ${broken}`;
    const what = problem(event, thread);
    if (prev !== null) openEnds.delete(prev);
    openEnds.add(hash);
    // A person's decision may be written beside the session, by a process of its own.
    if (event.event_type === "decision") return what;
    const hasEnded = event.event_type === "session_end";
    if (hasEnded) openEnds.delete(hash);
    threads.set(session, { hasEnded, hasBeginning: thread?.hasBeginning ?? prev === null });
    return what;
  }

  function problem({ prev, event_type: type }: Event, thread: Thread | undefined): string | undefined {
    if (thread === undefined) return undefined;
    if (typeof prev === "string")
      return openEnds.has(prev) ? undefined : `does not follow the line before it: ${broken}`;
    return thread.hasEnded || type === "decision" ? undefined : `starts a chain within its session: ${broken}`;
  }

  function warnings(): string[] {
    const lines = unchained > 0 ? [`${unchained} lines of an older log hold no chain and were not checked`] : [];
    for (const [session, { hasEnded, hasBeginning }] of threads) {
      if (!hasBeginning)
        lines.push(`session ${session} begins in the middle: retention has deleted its beginning, or somebody has`);
      if (!hasEnded)
        lines.push(`session ${session} has no session_end: it still runs, was killed, or its tail is missing`);
    }
    return lines;
  }

  return { add, warnings, sessions: () => threads.size };
}
