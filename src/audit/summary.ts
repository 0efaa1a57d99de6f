import type { Event } from "../core/event.ts";

export type Counts = { [name: string]: number };

/** Numbers of events, each list most frequent first. */
export type Summary = {
  events: number;
  blocked: number;
  first: string | null;
  last: string | null;
  types: Counts;
  severities: Counts;
  servers: Counts;
  tools: Counts;
  rules: Counts;
};

/** Names come from servers: a hostile one must not fill the memory. */
const namesAtMost = 1000;
const otherNames = "(other)";

export function createSummary(): { add(event: Event): void; result(): Summary } {
  const [types, severities, servers, tools, rules] = [counter(), counter(), counter(), counter(), counter()];
  let events = 0;
  let blocked = 0;
  let first: string | null = null;
  let last: string | null = null;

  function add(event: Event): void {
    events++;
    if (event.blocked) blocked++;
    if (first === null || event.timestamp < first) first = event.timestamp;
    if (last === null || event.timestamp > last) last = event.timestamp;
    count(types, event.event_type);
    count(severities, event.severity);
    count(servers, event.server);
    count(tools, event.tool);
    count(rules, event.rule === null ? null : `${event.detector}/${event.rule}`);
  }

  return {
    add,
    result: () => ({
      events,
      blocked,
      first,
      last,
      types: listed(types),
      severities: listed(severities),
      servers: listed(servers),
      tools: listed(tools),
      rules: listed(rules),
    }),
  };
}

const counter = () => new Map<string, number>();

function count(counts: Map<string, number>, name: string | null): void {
  if (name === null || name === "") return;
  const key = counts.has(name) || counts.size < namesAtMost ? name : otherNames;
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function listed(counts: Map<string, number>): Counts {
  return Object.fromEntries([...counts].sort(([, one], [, other]) => other - one));
}
