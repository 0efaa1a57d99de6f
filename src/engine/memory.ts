import type { Baseline, Memory, OpenRequests, ServerMemory } from "../core/memory.ts";

export function emptyBaseline(): Baseline {
  return { pinned: new Map(), approved: new Map(), denied: new Map() };
}

export function newServerMemory(): ServerMemory {
  return { baseline: emptyBaseline(), hidden: new Map() };
}

export function newOpenRequests(): OpenRequests {
  return { fromClient: new Map(), fromServer: new Map() };
}

/** What a session begins with: nothing seen yet but what is known of its server. */
export function newMemory({ baseline, hidden }: ServerMemory = newServerMemory()): Memory {
  return {
    pending: newOpenRequests(),
    startedAt: undefined,
    calls: new Map(),
    anomalies: new Map(),
    tools: new Map(),
    hidden,
    baseline,
    tasks: new Map(),
    tails: new Map(),
    roots: undefined,
    initialized: false,
    subscriptions: new Map(),
    oddities: new Map(),
    disabled: new Set(),
  };
}
