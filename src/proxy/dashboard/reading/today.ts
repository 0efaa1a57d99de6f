import { createCursor, type Cursor } from "../../../audit/cursor.ts";
import { listLogFiles, type LogFile } from "../../../audit/days.ts";
import type { Event } from "../../../core/event.ts";
import { createSummary, type Summary } from "../../../audit/summary.ts";

/** The numbers of the day on this machine's clock. */
export type Day = {
  /** Its first moment, in milliseconds since 1970. */
  start: number;
  all: Summary;
  /** The same of what was stopped. */
  blocked: Summary;
  /** False while the log is still being read: the numbers grow. */
  isComplete: boolean;
};

/** Counts the day: what was read once is only counted on, so that a look costs what is new. Holds no event. */
export type Today = {
  /** Reads on for at most `waitMs`, and gives the numbers of what was read. */
  look(waitMs: number): Promise<Day>;
};

export function createToday(folder: string): Today {
  let day = newDay(folder, startOfDay(Date.now()));
  let reading: Promise<void> | undefined;

  async function readOn(): Promise<void> {
    const start = startOfDay(Date.now());
    if (day.start !== start) day = newDay(folder, start);
    await day.readOn();
  }

  async function look(waitMs: number): Promise<Day> {
    reading ??= readOn().finally(() => (reading = undefined));
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<false>((resolve) => (timer = setTimeout(() => resolve(false), waitMs)));
    const isComplete = await Promise.race([reading.then(() => true), late]);
    clearTimeout(timer);
    return { start: day.start, all: day.all.result(), blocked: day.blocked.result(), isComplete };
  }

  return { look };
}

function newDay(folder: string, start: number) {
  const cursors = new Map<string, Cursor>();
  const [all, blocked] = [createSummary(), createSummary()];
  const from = new Date(start).toISOString();
  let stopped: string | undefined;

  async function readOn(): Promise<void> {
    for (const file of filesSince(folder, from.slice(0, 10))) {
      const cursor = cursors.get(file.name) ?? createCursor(file.path, 0);
      cursors.set(file.name, cursor);
      for await (const events of cursor.readOn()) {
        for (const event of events) {
          if (event.timestamp < from) continue;
          all.add(event);
          if (!event.blocked || messageOf(event) === stopped) continue;
          stopped = messageOf(event);
          blocked.add(event);
        }
      }
    }
  }

  return { start, all, blocked, readOn };
}

/** A message with several signs of attack is several events in a row, and stopped once. */
function messageOf({ session, timestamp, direction, method, tool }: Event): string {
  return JSON.stringify([session, timestamp, direction, method, tool]);
}

/** Days of the log are days in UTC: one of this machine's may begin in the file of the day before. */
function filesSince(folder: string, utcDay: string): LogFile[] {
  try {
    return listLogFiles(folder).filter(({ name, isCompressed }) => !isCompressed && name >= utcDay);
  } catch {
    return [];
  }
}

function startOfDay(now: number): number {
  return new Date(now).setHours(0, 0, 0, 0);
}
