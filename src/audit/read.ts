import { errorCode, GuardError } from "../core/errors.ts";
import type { Event } from "../core/event.ts";
import { type LogFile, listLogFiles } from "./days.ts";
import { parseEvent } from "./parse-event.ts";
import { readLines } from "./read-lines.ts";

/** What a reader met on its way. */
export type Tally = { malformed: number };

/** The events of a folder in the order of their files, some at a time. Lines that hold none are counted and passed over. */
export async function* readEvents(folder: string, tally: Tally = { malformed: 0 }): AsyncGenerator<readonly Event[]> {
  for (const file of logFilesOf(folder)) {
    for await (const lines of readLines(file)) yield eventsOf(lines, tally);
  }
}

/** As `listLogFiles`, with an error for people where there is no such folder. */
export function logFilesOf(folder: string): LogFile[] {
  try {
    return listLogFiles(folder);
  } catch (error) {
    const what =
      errorCode(error) === "ENOENT"
        ? `there is no log folder ${folder}`
        : `cannot read the log folder ${folder}: ${errorCode(error)}`;
    const fix =
      "Name the folder of a log, or run mcpguard install and use a client: the log begins with the first message.";
    throw new GuardError("LOG_MISSING", what, fix, error);
  }
}

function eventsOf(lines: readonly string[], tally: Tally): Event[] {
  const events: Event[] = [];
  for (const line of lines) {
    if (line === "") continue;
    const event = parseEvent(line);
    if (event === undefined) tally.malformed++;
    else events.push(event);
  }
  return events;
}
