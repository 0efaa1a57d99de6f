import { detectorGate } from "../../detectors/gate.ts";
import type { Scan } from "../../text/gate.ts";

/** A body while it comes: kept, and looked at by the gate in the meantime, so that less is left to do at its end. */
export class ArrivingBody {
  #chunks: Buffer[] = [];
  #length = 0;
  #scan: Scan | undefined;

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    // What comes in one piece is looked at with its message.
    if (this.#chunks.length === 1) return;
    if (this.#scan === undefined) {
      this.#scan = detectorGate().createScan();
      for (const earlier of this.#chunks) this.#scan.push(earlier);
    } else this.#scan.push(chunk);
  }

  get length(): number {
    return this.#length;
  }

  /** What the gate says of all bytes; undefined where nobody has asked it. */
  get textMatters(): boolean | undefined {
    return this.#scan?.open;
  }

  whole(): Buffer {
    const [only] = this.#chunks;
    return this.#chunks.length === 1 && only !== undefined ? only : Buffer.concat(this.#chunks);
  }

  /** Gives away what was kept. */
  release(): Buffer[] {
    return this.#chunks.splice(0);
  }
}
