import type { Readable, Writable } from "node:stream";

const NEWLINE = 0x0a;

/** Which outlets a source waits for; it goes on when none is left. */
const awaited = new WeakMap<Readable, Set<Outlet>>();

/**
 * The writing end of a pipe. A source whose bytes do not fit pauses until the receiver has caught
 * up, so that memory stays bounded; a receiver that is gone is no error.
 */
export class Outlet {
  readonly #stream: Writable;
  readonly #waiting = new Set<Readable>();
  /** The source of a line that is on its way in parts. */
  #midLine: Readable | undefined;
  /** Other lines that wait for its end. */
  #postponed: Uint8Array[] = [];
  #isGone = false;

  constructor(stream: Writable, onGone: () => void) {
    this.#stream = stream;
    stream.on("drain", () => this.#resume());
    stream.on("error", () => {
      this.#isGone = true;
      this.#resume();
      onGone();
    });
  }

  /** Writes whole lines, or the last one of all. */
  write(bytes: Uint8Array, source: Readable): void {
    if (this.#midLine === undefined) return this.#send(bytes, source);
    this.#postponed.push(bytes);
    if (source !== this.#midLine) this.#pause(source);
  }

  /** Writes a part of a line: until its newline has come, nothing else goes between. */
  writePart(bytes: Uint8Array, source: Readable): void {
    this.#midLine = bytes.at(-1) === NEWLINE ? undefined : source;
    this.#send(bytes, source);
    if (this.#midLine !== undefined || this.#postponed.length === 0) return;
    const lines = Buffer.concat(this.#postponed);
    this.#postponed = [];
    this.#send(lines, source);
    if (!this.#stream.writableNeedDrain) this.#resume();
  }

  /** Resolves when everything written has gone to the operating system, or never can. */
  drained(): Promise<void> {
    if (this.#isGone || this.#stream.writableLength === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#stream.once("error", () => resolve());
      this.#stream.write("", () => resolve());
    });
  }

  end(): void {
    if (!this.#isGone) this.#stream.end();
  }

  #send(bytes: Uint8Array, source: Readable): void {
    if (this.#isGone || this.#stream.writableEnded) return;
    if (!this.#stream.write(bytes)) this.#pause(source);
  }

  #pause(source: Readable): void {
    this.#waiting.add(source);
    const outlets = awaited.get(source) ?? new Set();
    awaited.set(source, outlets.add(this));
    source.pause();
  }

  #resume(): void {
    for (const source of this.#waiting) {
      const outlets = awaited.get(source);
      outlets?.delete(this);
      if (outlets === undefined || outlets.size === 0) source.resume();
    }
    this.#waiting.clear();
  }
}
