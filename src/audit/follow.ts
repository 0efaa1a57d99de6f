import { errorCode } from "../core/errors.ts";
import type { Event } from "../core/event.ts";
import { createCursor, type Cursor } from "./cursor.ts";
import { type LogFile, listLogFiles } from "./days.ts";
import { createNewest } from "./newest.ts";
import { type Tail, tailOf } from "./tail.ts";
import { watchFolder } from "./watch-folder.ts";

const pollMs = 1000;

/**
 * The events of a log as they are written, until `signal` aborts. The first batch is the newest `backlog` events, newest
 * last, and may be empty. The folder may not exist yet; new days, cut files and torn lines are taken as they come.
 */
export async function* followEvents(options: {
  folder: string;
  signal: AbortSignal;
  backlog: number;
}): AsyncGenerator<readonly Event[]> {
  const { folder, signal, backlog } = options;
  const cursors = new Map<string, Cursor>();
  const watched = watchFolder(folder, pollMs);
  signal.addEventListener("abort", watched.close);
  try {
    yield await startAtEnd(folder, backlog, cursors);
    while (!signal.aborted) {
      await watched.changed();
      for (const file of filesOf(folder)) {
        if (signal.aborted) return;
        const cursor = cursors.get(file.name) ?? createCursor(file.path, 0);
        cursors.set(file.name, cursor);
        yield* cursor.readOn();
      }
    }
  } finally {
    signal.removeEventListener("abort", watched.close);
    watched.close();
  }
}

/** Puts a cursor at the end of each file that is there; gives the backlog. */
async function startAtEnd(folder: string, backlog: number, cursors: Map<string, Cursor>): Promise<readonly Event[]> {
  const batches: Event[][] = [];
  let missing = backlog;
  for (const file of filesOf(folder).reverse()) {
    const { events, end } = await tailOf(file.path, Math.max(0, missing)).catch(goneIsEmpty);
    cursors.set(file.name, createCursor(file.path, end));
    batches.unshift(events);
    missing -= events.length;
  }
  const newest = createNewest(backlog);
  for (const event of batches.flat()) newest.add(event);
  return newest.list();
}

/** A file may vanish between the look at the folder and the reading. */
function goneIsEmpty(error: unknown): Tail {
  if (errorCode(error) === "ENOENT") return { events: [], end: 0 };
  throw error;
}

function filesOf(folder: string): LogFile[] {
  try {
    return listLogFiles(folder).filter((file) => !file.isCompressed);
  } catch {
    return [];
  }
}
