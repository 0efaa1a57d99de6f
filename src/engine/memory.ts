import type { Baseline, Memory } from "../core/memory.ts";

export function emptyBaseline(): Baseline {
  return { pinned: new Map(), approved: new Map(), denied: new Map() };
}

/** What a session begins with: nothing seen yet but the pins of earlier sessions. */
export function newMemory(baseline: Baseline = emptyBaseline()): Memory {
  return {
    pending: { fromClient: new Map(), fromServer: new Map() },
    startedAt: undefined,
    calls: new Map(),
    anomalies: new Map(),
    tools: new Map(),
    hidden: new Map(),
    baseline,
    tasks: new Map(),
    roots: undefined,
    initialized: false,
    subscriptions: new Map(),
    oddities: new Map(),
    disabled: new Set(),
  };
}
