import { statSync } from "node:fs";
import { open } from "node:fs/promises";
import { errorCode } from "../core/errors.ts";
import type { Event } from "../core/event.ts";
import { createLineSplitter } from "./line-splitter.ts";
import { parseEvent } from "./parse-event.ts";

const chunkSize = 256 * 1024;

/** A place in a growing file. */
export type Cursor = {
  /** The events since the last call; of a file that was cut or replaced, all of it. */
  readOn(): AsyncGenerator<readonly Event[]>;
};

/** Starts at `offset`, which must be the beginning of a line. */
export function createCursor(path: string, offset: number): Cursor {
  const splitter = createLineSplitter();
  let position = offset;
  let inode: number | undefined;

  function hasNews(): boolean {
    const now = statSync(path, { throwIfNoEntry: false });
    if (now === undefined) return false;
    if (now.size < position || (inode !== undefined && inode !== now.ino)) {
      position = 0;
      splitter.rest();
    }
    inode = now.ino;
    return now.size > position;
  }

  async function* readOn(): AsyncGenerator<readonly Event[]> {
    if (!hasNews()) return;
    const handle = await open(path, "r").catch(goneIsNothing);
    if (handle === undefined) return;
    try {
      const buffer = Buffer.alloc(chunkSize);
      for (;;) {
        const { bytesRead } = await handle.read(buffer, 0, chunkSize, position);
        if (bytesRead === 0) return;
        position += bytesRead;
        const lines = splitter.push(buffer.subarray(0, bytesRead));
        const events = lines.flatMap((line) => parseEvent(line) ?? []);
        if (events.length > 0) yield events;
      }
    } finally {
      await handle.close();
    }
  }

  return { readOn };
}

function goneIsNothing(error: unknown): undefined {
  if (errorCode(error) !== "ENOENT") throw error;
}
