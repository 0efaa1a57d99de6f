import type { ServerResponse } from "node:http";
import type { Readable } from "node:stream";

export type FlowLimits = {
  /** Bytes that a client may be behind before it is cut off; undefined holds the server back instead. */
  behind: number | undefined;
  /** Milliseconds after which a client that holds the server back is cut off. */
  stalled: number;
};

/** Keeps what waits for slow clients within bounds. */
export class Flow {
  readonly #source: Readable;
  readonly #limits: FlowLimits;
  readonly #slow = new Set<ServerResponse>();

  constructor(source: Readable, limits: FlowLimits) {
    this.#source = source;
    this.#limits = limits;
  }

  /** A stream's client takes no more for now. */
  isFull(stream: ServerResponse): void {
    const { behind, stalled } = this.#limits;
    if (behind !== undefined) {
      if (stream.writableLength > behind) stream.destroy();
      return;
    }
    if (this.#slow.has(stream)) return;
    this.#slow.add(stream);
    this.#source.pause();
    const timer = setTimeout(() => stream.destroy(), stalled).unref();
    const goOn = (): void => {
      clearTimeout(timer);
      stream.off("drain", goOn).off("close", goOn);
      this.#slow.delete(stream);
      if (this.#slow.size === 0) this.#source.resume();
    };
    stream.on("drain", goOn).on("close", goOn);
  }
}
