import { once } from "node:events";
import type { Event } from "../../core/event.ts";
import type { Counts, Summary } from "../../audit/summary.ts";
import type { Verification } from "../../audit/verify.ts";
import { harmless } from "../../text/harmless.ts";
import { drawTable } from "../output/draw-table.ts";
import { safeJson } from "../../text/safe-json.ts";

const listedNames = 10;
const linesAtOnce = 500;

/** The events, newest last, of `matched` that were asked for. */
export async function printEvents(events: readonly Event[], matched: number, json: boolean): Promise<void> {
  if (json) {
    const last = events.length - 1;
    await printSlowly(["[", ...events.map((event, at) => safeJson(event) + (at < last ? "," : "")), "]"]);
    return;
  }
  const count = `${matched} ${matched === 1 ? "event" : "events"}`;
  print([matched > events.length ? `${count}, the newest ${events.length}:` : count]);
  if (events.length === 0) return;
  const heading = ["Time", "Type", "Severity", "Message", "Blocked"];
  const width = process.stdout.isTTY ? process.stdout.columns : undefined;
  await printSlowly(drawTable(heading, events.map(rowOf), 3, width));
}

export function printSummary(summary: Summary, json: boolean): void {
  if (json) {
    print([safeJson(summary, 2)]);
    return;
  }
  const { events, blocked, first, last, ...lists } = summary;
  print([`${events} events, ${blocked} blocked`]);
  if (first !== null && last !== null) print([`from ${time(first)} to ${time(last)}`]);
  for (const [name, counts] of Object.entries(lists)) printCounts(name, counts);
}

export function printVerification(result: Verification, json: boolean): void {
  const isIntact = result.problemCount === 0;
  if (json) {
    print([safeJson({ intact: isIntact, ...result }, 2)]);
    return;
  }
  for (const { file, line, session, what } of result.problems)
    print([harmless(`${file}:${line}: session ${session}: this line ${what}`)]);
  const hidden = result.problemCount - result.problems.length;
  if (hidden > 0) print([`… and ${hidden} more`]);
  for (const warning of result.warnings) print([harmless(`warning: ${warning}`)]);
  if (result.malformed > 0) print([`warning: ${result.malformed} lines are no events: torn by a crash, or damaged`]);
  const verdict = isIntact ? "The log is intact" : "The log is NOT intact";
  print([`${verdict}: ${result.lines} lines of ${result.sessions} sessions checked, ${result.problemCount} problems.`]);
}

function rowOf(event: Event): string[] {
  const place = event.tool === null ? event.server : `${event.server}/${event.tool}`;
  const message = place === "" ? event.message : `${place}: ${event.message}`;
  return [time(event.timestamp), event.event_type, event.severity, message, event.blocked ? "yes" : "no"];
}

/** `2026-11-22 10:00:00Z` of a time as mcpguard writes it; others as they are. */
function time(timestamp: string): string {
  return timestamp.replace(/^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})\.\d+Z$/, "$1 $2Z");
}

function printCounts(name: string, counts: Counts): void {
  const entries = Object.entries(counts);
  if (entries.length === 0) return;
  print(["", name]);
  for (const [key, count] of entries.slice(0, listedNames)) print([`  ${String(count).padStart(7)}  ${harmless(key)}`]);
  if (entries.length > listedNames) print([`           … and ${entries.length - listedNames} more`]);
}

/** No faster than the reader takes it. */
async function printSlowly(lines: readonly string[]): Promise<void> {
  for (let at = 0; at < lines.length; at += linesAtOnce) {
    const text = `${lines.slice(at, at + linesAtOnce).join("\n")}\n`;
    if (!process.stdout.write(text)) await once(process.stdout, "drain");
  }
}

function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.join("\n")}\n`);
}
