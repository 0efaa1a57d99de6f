import { detectorGate } from "../../detectors/gate.ts";
import { idAtEdge } from "../../session/id-at-edge.ts";
import { LongLine } from "../../session/long-line.ts";
import { upstreamError } from "../exchange/upstream-error.ts";
import type { Switchboard } from "./switchboard.ts";

/** How much longer than `max_inspect_size` a message may be before its server is ended. */
const MOST = 4;

/** A server's message above `max_inspect_size`: it is read in windows while it comes, and kept for whom it answers. */
export class LongMessage {
  readonly #board: Switchboard;
  readonly #line: LongLine | undefined;
  #parts: Buffer[] = [];
  #length = 0;

  constructor(board: Switchboard) {
    this.#board = board;
    const peer = board.options.hasAliases ? undefined : board.anyPeer();
    if (peer === undefined) return;
    const { guard, recorder } = peer.session;
    this.#line = new LongLine({
      guard,
      gate: detectorGate(),
      direction: "to-client",
      record: (outcome) => recorder.record(outcome),
      forward: (bytes) => this.#parts.push(bytes),
      answer: (bytes) => board.write(bytes),
    });
  }

  push(part: Buffer): void {
    this.#length += part.length;
    if (this.#length > MOST * this.#board.maxInspectSize) return this.#giveUp();
    // Whose guard reads it in windows is not known before its end, where several share the server.
    if (this.#line === undefined) this.#parts.push(part);
    else this.#line.push(part);
  }

  end(): void {
    this.#line?.end();
    const message = Buffer.concat(this.#parts);
    const id = idAtEdge(message);
    const call = id === undefined ? undefined : this.#board.calls.answered(JSON.parse(id), Buffer.alloc(0));
    if (call === undefined) return;
    this.#board.calls.remove(call, true);
    if (this.#line !== undefined) return call.answer(message);
    const { name } = this.#board.options;
    call.peer.session.recorder.note(upstreamError(name, `answered with ${this.#length} bytes`, call.method));
    call.fail("The answer is larger than max_inspect_size, which a shared server cannot be granted.", 502);
  }

  #giveUp(): void {
    this.#parts = [];
    void this.#board.end();
  }
}
