import { PassThrough, Writable } from "node:stream";
import type { Direction } from "../../src/core/message.ts";
import type { Guard } from "../../src/engine/guard.ts";
import type { Outcome } from "../../src/engine/outcome.ts";
import { Lane } from "../../src/shim/lane.ts";
import { Outlet } from "../../src/shim/outlet.ts";
import { buildGate } from "../../src/text/gate.ts";
import { newGuard } from "../engine/new-guard.ts";

export type Wires = {
  lane: Lane;
  ahead: Sink;
  back: Sink;
  outlets: { ahead: Outlet; back: Outlet };
  outcomes: Outcome[];
};

const gate = buildGate([]);

/** Keeps what was written to it. */
export class Sink extends Writable {
  readonly chunks: Buffer[] = [];
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.chunks.push(chunk);
    done();
  }
  get bytes(): Buffer {
    return Buffer.concat(this.chunks);
  }
}

/** One lane without processes around it. */
export function newLane(guard: Guard = newGuard(), direction: Direction = "to-client"): Wires {
  const [ahead, back] = [new Sink(), new Sink()];
  const outlets = { ahead: new Outlet(ahead, () => {}), back: new Outlet(back, () => {}) };
  const outcomes: Outcome[] = [];
  const record = (outcome: Outcome): void => void outcomes.push(outcome);
  const lane = new Lane({ direction, guard, gate, source: new PassThrough(), ...outlets, record });
  return { lane, ahead, back, outlets, outcomes };
}

/** Gives the lane the bytes in pieces that end at `cuts`. */
export function push(lane: Lane, bytes: Buffer, cuts: readonly number[]): void {
  let from = 0;
  for (const cut of [...cuts, bytes.length]) {
    if (cut > from) lane.push(Buffer.from(bytes.subarray(from, cut)));
    from = Math.max(from, cut);
  }
}
