import type { Event } from "../core/event.ts";

/** What is asked for; absent parts match everything, lists match any of their members. Times are milliseconds since 1970. */
export type Query = {
  severity?: readonly string[] | undefined;
  type?: readonly string[] | undefined;
  server?: string | undefined;
  tool?: string | undefined;
  client?: string | undefined;
  since?: number | undefined;
  until?: number | undefined;
  blocked?: boolean | undefined;
};

/** Whether an event is asked for. */
export function matchesQuery(query: Query, event: Event): boolean {
  return (
    (query.severity === undefined || query.severity.includes(event.severity)) &&
    (query.type === undefined || query.type.includes(event.event_type)) &&
    (query.server === undefined || event.server === query.server) &&
    (query.tool === undefined || event.tool === query.tool) &&
    (query.client === undefined || event.client === query.client) &&
    (query.blocked === undefined || event.blocked === query.blocked) &&
    isWithin(query, event)
  );
}

function isWithin({ since, until }: Query, event: Event): boolean {
  if (since === undefined && until === undefined) return true;
  const time = Date.parse(event.timestamp);
  return time >= (since ?? -Infinity) && time <= (until ?? Infinity);
}
