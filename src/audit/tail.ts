import { type FileHandle, open } from "node:fs/promises";
import type { Event } from "../core/event.ts";
import { parseEvent } from "./parse-event.ts";

/** The last events of a file, and the offset after its last line end, where a follower goes on. */
export type Tail = { events: Event[]; end: number };

const blockSize = 64 * 1024;
const newline = 10;

/** Reads backwards for the last `count` events: the time does not depend on the file's size. */
export async function tailOf(path: string, count: number): Promise<Tail> {
  const handle = await open(path, "r");
  try {
    const { size } = await handle.stat();
    const bytes = await lastLines(handle, size, count);
    const text = bytes.subarray(0, bytes.lastIndexOf(newline) + 1);
    const events = text
      .toString("utf8")
      .split("\n")
      .flatMap((line) => parseEvent(line) ?? []);
    return { events: count === 0 ? [] : events.slice(-count), end: size - (bytes.length - text.length) };
  } finally {
    await handle.close();
  }
}

/** The end of a file: more than `lines` line ends, or all of it; never less than the last line end. */
async function lastLines(handle: FileHandle, size: number, lines: number): Promise<Buffer> {
  const blocks: Buffer[] = [];
  let start = size;
  let found = 0;
  while (start > 0 && found <= lines) {
    const block = Buffer.alloc(Math.min(blockSize, start));
    start -= block.length;
    await handle.read(block, 0, block.length, start);
    for (const byte of block) if (byte === newline) found++;
    blocks.unshift(block);
  }
  return Buffer.concat(blocks);
}
