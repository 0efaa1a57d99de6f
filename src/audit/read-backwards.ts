import { type FileHandle, open } from "node:fs/promises";
import { errorCode } from "../core/errors.ts";
import { type LogFile, listLogFiles } from "./days.ts";

/** A place in the log: what stands before `offset` in the file of that name, and in all older files. */
export type Place = { file: string; offset: number };

/** A line, and the place before it. */
export type PlacedLine = { text: string; place: Place };

const blockSize = 256 * 1024;
/** A longer line is no event of ours and is passed over. */
const longestLine = 16 * 1024 * 1024;
const newline = 10;

/**
 * The lines of a log, newest first, some at a time, from `before` on or from the end. Holds one block of a file at a
 * time. Compressed files are left out; a folder that is not there holds no lines.
 */
export async function* readBackwards(folder: string, before?: Place): AsyncGenerator<readonly PlacedLine[]> {
  for (const file of filesOf(folder, before).reverse()) {
    const handle = await open(file.path, "r").catch(goneIsNothing);
    if (handle === undefined) continue;
    try {
      const { size } = await handle.stat();
      const end = file.name === before?.file ? Math.min(before.offset, size) : size;
      yield* linesBefore(handle, file.name, end);
    } finally {
      await handle.close();
    }
  }
}

async function* linesBefore(handle: FileHandle, file: string, end: number): AsyncGenerator<readonly PlacedLine[]> {
  let start = end;
  /** The end of a line whose beginning is in an earlier block. */
  let rest = Buffer.alloc(0);
  while (start > 0) {
    const size = Math.min(blockSize, start);
    start -= size;
    const block = Buffer.alloc(size);
    await handle.read(block, 0, size, start);
    const bytes = Buffer.concat([block, rest]);
    const first = start === 0 ? 0 : block.indexOf(newline) + 1;
    if (first === 0 && start > 0) {
      rest = bytes.length > longestLine ? Buffer.alloc(0) : bytes;
      continue;
    }
    rest = Buffer.from(bytes.subarray(0, first));
    yield linesOf(bytes, first, { file, offset: start });
  }
}

/** The lines in `bytes` from `first` on, last first; `bytes` begins at `start`. */
function linesOf(bytes: Buffer, first: number, start: Place): PlacedLine[] {
  const lines: PlacedLine[] = [];
  let end = bytes.length;
  while (end > first) {
    const begin = Math.max(first, end >= 2 ? bytes.lastIndexOf(newline, end - 2) + 1 : 0);
    const text = bytes.toString("utf8", begin, end).trimEnd();
    if (text !== "") lines.push({ text, place: { file: start.file, offset: start.offset + begin } });
    end = begin;
  }
  return lines;
}

function filesOf(folder: string, before: Place | undefined): LogFile[] {
  try {
    const files = listLogFiles(folder).filter((file) => !file.isCompressed);
    return before === undefined ? files : files.filter(({ name }) => name <= before.file);
  } catch {
    return [];
  }
}

function goneIsNothing(error: unknown): undefined {
  if (errorCode(error) !== "ENOENT") throw error;
}
