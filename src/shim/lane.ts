import type { Readable } from "node:stream";
import type { Direction } from "../core/message.ts";
import type { Guard } from "../engine/guard.ts";
import type { Outcome } from "../engine/outcome.ts";
import type { Gate, Scan } from "../text/gate.ts";
import { failedOpenOrClosed } from "../session/failed.ts";
import { LineSplitter, type Line } from "../session/lines.ts";
import { LongLine } from "../session/long-line.ts";
import type { Outlet } from "./outlet.ts";

export type LaneOptions = {
  direction: Direction;
  guard: Guard;
  gate: Gate;
  source: Readable;
  /** To the receiver. */
  ahead: Outlet;
  /** Back to the sender: refusals. */
  back: Outlet;
  record(outcome: Outcome): void;
};

const newline = Buffer.from("\n");

/** One direction of a conversation: bytes that pass go on exactly as they came, as many at a time as came. */
export class Lane {
  readonly #options: LaneOptions;
  readonly #lines: LineSplitter;
  #scan: Scan;
  #long: LongLine | undefined;
  /** Consecutive lines of the present chunk that pass and go out in one write. */
  #run: { chunk: Buffer; start: number; end: number } | undefined;

  constructor(options: LaneOptions) {
    this.#options = options;
    this.#scan = options.gate.createScan();
    this.#lines = new LineSplitter(
      {
        onPart: (part) => this.#scan.push(part),
        onLine: (line) => this.#onLine(line),
        onLongPart: (part) => this.#longLine().push(part),
        onLongEnd: (after) => this.#endLong(after),
      },
      () => options.guard.policy.maxInspectSize,
    );
  }

  push(chunk: Buffer): void {
    this.#run = { chunk, start: 0, end: 0 };
    this.#lines.push(chunk);
    this.#flushRun();
    this.#run = undefined;
  }

  end(): void {
    this.#lines.end();
  }

  /** Sends what an outcome says to send: used for held messages, too. */
  deliver(outcome: Outcome): void {
    const { ahead, back, source } = this.#options;
    if (outcome.forward !== undefined) ahead.write(Buffer.concat([outcome.forward, newline]), source);
    for (const answer of outcome.answers) back.write(Buffer.concat([answer, newline]), source);
  }

  #onLine(line: Line): void {
    const outcome = this.#inspect(line);
    if (outcome.forward === line.bytes) this.#pass(line);
    else {
      this.#flushRun();
      this.deliver(outcome);
      this.#skip(line);
    }
    this.#options.record(outcome);
  }

  #inspect(line: Line): Outcome {
    const { guard, gate, direction } = this.#options;
    const textMatters = line.inChunk ? gate.isOpen(line.bytes) : this.#scan.open;
    if (!line.inChunk) this.#scan = gate.createScan();
    try {
      return guard.inspect({ direction, bytes: line.bytes, now: Date.now(), textMatters });
    } catch (error) {
      return failedOpenOrClosed(guard, direction, line.bytes, error);
    }
  }

  #pass(line: Line): void {
    const run = this.#run;
    if (line.inChunk && run !== undefined) {
      run.end = this.#offsetAfter(run.chunk, line);
      return;
    }
    this.#options.ahead.write(line.whole, this.#options.source);
    this.#skip(line);
  }

  #skip(line: Line): void {
    const run = this.#run;
    if (run !== undefined) run.start = run.end = this.#offsetAfter(run.chunk, line);
  }

  /** Where in the chunk the next line begins. */
  #offsetAfter(chunk: Buffer, line: Line): number {
    if (line.inChunk) return line.whole.byteOffset - chunk.byteOffset + line.whole.length;
    return chunk.indexOf(newline) + 1;
  }

  #flushRun(): void {
    const run = this.#run;
    if (run === undefined || run.end === run.start) return;
    this.#options.ahead.write(run.chunk.subarray(run.start, run.end), this.#options.source);
    run.start = run.end;
  }

  #longLine(): LongLine {
    this.#flushRun();
    const { guard, gate, direction, ahead, back, source, record } = this.#options;
    this.#long ??= new LongLine({
      guard,
      gate,
      direction,
      record,
      forward: (bytes) => ahead.writePart(bytes, source),
      answer: (bytes) => back.write(bytes, source),
    });
    return this.#long;
  }

  #endLong(after: number): void {
    this.#long?.end();
    this.#long = undefined;
    this.#scan = this.#options.gate.createScan();
    if (this.#run !== undefined) this.#run.start = this.#run.end = after;
  }
}
