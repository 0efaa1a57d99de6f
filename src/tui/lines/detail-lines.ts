import type { PendingItem } from "../../core/pending.ts";
import type { Line } from "../line.ts";
import type { Row } from "../../audit/feed/row.ts";
import { fact, jsonLines, paragraph, section, type Surface } from "./text-lines.ts";
import { waitingLines } from "./waiting-lines.ts";

/** Details that have a line of their own, in this order; the others are shown as JSON. */
const told = ["evidence", "at", "confidence", "fix"];

/** Everything about one event: what happened, why, by which rule, and what a person can do. */
export function detailLines(row: Row, item: PendingItem | undefined, surface: Surface): readonly Line[] {
  const { event } = row;
  const details = Object.entries(event.details ?? {});
  const others = details.filter(([name]) => !told.includes(name) && name !== "pending");
  const found = row.detector === "" ? "nothing was found" : `${row.detector}/${row.rule}`;
  return [
    section("what", surface),
    ...paragraph(event.message, surface),
    ...(item === undefined ? [] : waitingLines(item, surface)),
    section("why", surface),
    ...fact("rule", `${found}, severity ${row.severity}`, surface),
    ...told.flatMap((name) => fact(name, event.details?.[name], surface)),
    section("where", surface),
    ...fact("server", `${row.server} (${event.transport}, ${event.protocol})`, surface),
    ...fact("client", row.client, surface),
    ...fact("message", [event.direction, row.method, row.tool].filter(Boolean).join(" "), surface),
    ...fact("time", event.timestamp, surface),
    ...fact("session", row.session, surface),
    ...fact("event", `${row.id} (${row.type})`, surface),
    ...(others.length === 0 ? [] : [section("details", surface), ...jsonLines(Object.fromEntries(others), surface)]),
  ];
}
