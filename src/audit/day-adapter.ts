import { closeSync, fstatSync, mkdirSync, openSync, readSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { SyncAdapter } from "lowdb";
import type { Event } from "../core/event.ts";
import { advanceHeads, chainLines } from "./chain.ts";
import { dayOf, deleteOldDays } from "./days.ts";

type DayFile = { day: string; path: string; descriptor: number };

const newline = 10;
const looks = 20;
const pauseMs = 2;

/**
 * A lowdb adapter whose data is the batch not yet written. `write` appends it to the files of its days and removes from
 * it what is on disk; it throws with the rest still in place. One write a batch to an O_APPEND descriptor: lines of
 * many processes never mix. Nothing is forced to the disk: a killed process loses nothing that was written, a power cut
 * may lose the last seconds.
 */
export function createDayAdapter(folder: string, retentionDays: number): SyncAdapter<Event[]> & { close(): void } {
  const heads = new Map<string, string>();
  let file: DayFile | undefined;

  function close(): void {
    if (file !== undefined) closeSync(file.descriptor);
    file = undefined;
  }

  function open(day: string): DayFile {
    if (file?.day === day && isInPlace(file)) return file;
    close();
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    deleteOldDays(folder, retentionDays, Date.now());
    const path = join(folder, `${day}.jsonl`);
    file = { day, path, descriptor: openSync(path, "a+", 0o600) };
    return file;
  }

  function writeDay(batch: Event[]): void {
    const day = dayOf(batch[0]?.timestamp ?? "");
    const next = batch.findIndex((event) => dayOf(event.timestamp) !== day);
    const lines = chainLines(next < 0 ? batch : batch.slice(0, next), heads);
    const { descriptor } = open(day);
    const written = appendLines(
      descriptor,
      lines.map((line) => line.text),
    );
    advanceHeads(heads, lines.slice(0, written));
    batch.splice(0, written);
    if (written < lines.length) throw Object.assign(new Error("short write"), { code: "ENOSPC" });
  }

  return {
    read: () => null,
    write(batch) {
      try {
        while (batch.length > 0) writeDay(batch);
      } catch (error) {
        close();
        throw error;
      }
    },
    close,
  };
}

/** False where somebody has moved or deleted the file since it was opened. */
function isInPlace(file: DayFile): boolean {
  return statSync(file.path, { throwIfNoEntry: false })?.ino === fstatSync(file.descriptor).ino;
}

/** The number of lines written whole: on a full disk fewer than given, and the next append ends the torn one. */
function appendLines(descriptor: number, lines: readonly string[]): number {
  const start = endsInLine(descriptor) ? "" : "\n";
  const bytes = Buffer.from(`${start}${lines.join("\n")}\n`);
  const written = writeSync(descriptor, bytes);
  if (written === bytes.length) return lines.length;
  let whole = -start.length;
  for (const byte of bytes.subarray(0, written)) if (byte === newline) whole++;
  return Math.max(0, whole);
}

/**
 * A process killed in the middle of a write leaves a torn line, which ours must not continue. While another process
 * writes, the file may look torn for a moment: only what stays so is.
 */
function endsInLine(descriptor: number): boolean {
  for (let look = 0; look < looks; look++) {
    const { size } = fstatSync(descriptor);
    const last = Buffer.alloc(1);
    if (size === 0 || readSync(descriptor, last, 0, 1, size - 1) === 0 || last[0] === newline) return true;
    if (look >= looks / 2) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMs);
  }
  return false;
}
