import type { Readable, Writable } from "node:stream";

/**
 * The writing end of a pipe. A source whose bytes do not fit pauses until the receiver has caught
 * up, so that memory stays bounded; a receiver that is gone is no error.
 */
export class Outlet {
  readonly #stream: Writable;
  readonly #waiting = new Set<Readable>();
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

  write(bytes: Uint8Array, source: Readable): void {
    if (this.#isGone || this.#stream.writableEnded) return;
    if (this.#stream.write(bytes)) return;
    this.#waiting.add(source);
    source.pause();
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

  #resume(): void {
    for (const source of this.#waiting) source.resume();
    this.#waiting.clear();
  }
}
