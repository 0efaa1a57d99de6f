import { safeJson } from "../../text/safe-json.ts";
import type { Html } from "./html/html.ts";

/** An answer of the dashboard, not yet sent. */
export type Reply = { status: number; headers: Readonly<Record<string, string>>; body: string };

export function page(content: Html, status = 200): Reply {
  return { status, headers: { "content-type": "text/html; charset=utf-8" }, body: content.toString() };
}

/** JSON in which no character is invisible to whoever looks at it in a browser. */
export function json(value: unknown, status = 200): Reply {
  return { status, headers: { "content-type": "application/json; charset=utf-8" }, body: `${safeJson(value, 2)}\n` };
}

export function plain(status: number, text: string, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers: { "content-type": "text/plain; charset=utf-8", ...headers }, body: `${text}\n` };
}

/** After a POST: the browser asks for `location` by GET. */
export function seeOther(location: string): Reply {
  return plain(303, "See the dashboard.", { location });
}
