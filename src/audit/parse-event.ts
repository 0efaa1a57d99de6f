import type { Event } from "../core/event.ts";
import { isObject } from "../core/json.ts";

/** What older logs, which have only the names up to `details`, leave out. */
const missing = {
  v: 1,
  details: {},
  session: "",
  client: "",
  server: "",
  transport: "stdio",
  protocol: "mcp",
  direction: null,
  method: null,
  tool: null,
  detector: null,
  rule: null,
  action: null,
  id: "",
} as const;

/** The event of a line; undefined where the line is none. */
export function parseEvent(line: string): Event | undefined {
  try {
    const value: unknown = JSON.parse(line);
    if (!isObject(value)) return undefined;
    const event: unknown = value["v"] === 1 ? value : { ...missing, ...value };
    return isEvent(event) ? event : undefined;
  } catch {
    return undefined;
  }
}

/** Looks only at what readers compare or draw: this runs for each of a million lines. */
function isEvent(value: unknown): value is Event {
  return (
    isObject(value) &&
    typeof value["timestamp"] === "string" &&
    typeof value["event_type"] === "string" &&
    typeof value["severity"] === "string" &&
    typeof value["message"] === "string" &&
    typeof value["blocked"] === "boolean" &&
    typeof value["session"] === "string" &&
    typeof value["client"] === "string" &&
    typeof value["server"] === "string" &&
    isObject(value["details"])
  );
}
