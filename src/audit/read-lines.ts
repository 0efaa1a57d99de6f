import { createReadStream } from "node:fs";
import { pipeline } from "node:stream";
import { constants, createGunzip } from "node:zlib";
import { errorCode, GuardError } from "../core/errors.ts";
import type { LogFile } from "./days.ts";
import { createLineSplitter } from "./line-splitter.ts";

const chunkSize = 256 * 1024;

/** The lines of a log file, some at a time; of a damaged compressed file what can be read, then a line that is no JSON. */
export async function* readLines(file: LogFile): AsyncGenerator<readonly string[]> {
  const splitter = createLineSplitter();
  try {
    for await (const chunk of openSource(file)) yield splitter.push(chunk);
  } catch (error) {
    // Retention may delete a file while it waits to be read.
    if (errorCode(error) === "ENOENT") return;
    if (!errorCode(error).startsWith("Z_")) throw unreadable(file, error);
    yield ["!"];
  }
  const rest = splitter.rest();
  if (rest !== "") yield [rest];
}

function openSource(file: LogFile): AsyncIterable<Buffer> {
  const bytes = createReadStream(file.path, { highWaterMark: chunkSize });
  if (!file.isCompressed) return bytes;
  const text = createGunzip({ chunkSize, finishFlush: constants.Z_SYNC_FLUSH });
  // The error, if any, also ends the loop that reads `text`.
  pipeline(bytes, text, () => {});
  return text;
}

function unreadable(file: LogFile, cause: unknown): GuardError {
  const reason = errorCode(cause) || String(cause);
  return new GuardError(
    "LOG_UNREADABLE",
    `cannot read ${file.path}: ${reason}`,
    "Make the file readable, or name another log folder.",
    cause,
  );
}
