import { newEventId } from "../audit/stamp.ts";
import type { AuditLog } from "../audit/write.ts";
import type { Policy } from "../core/policy.ts";
import type { Session } from "../core/session.ts";
import { detectors } from "../detectors/index.ts";
import { Guard } from "../engine/guard.ts";
import type { Outcome } from "../engine/outcome.ts";
import { pendingId } from "../state/pending.ts";
import { readPins } from "../state/pins.ts";
import { HoldingRoom } from "./holding-room.ts";
import type { KnownServer } from "./known-server.ts";
import { Recorder } from "./recorder.ts";

export type SessionOptions = {
  /** Its facts; the id is made here. */
  session: Omit<Session, "id">;
  server: KnownServer;
  policy: Policy;
  log: AuditLog;
  /** Told about a state folder that cannot be read or written; the traffic goes on. */
  onError(error: unknown): void;
};

/** One conversation with all that guards it: the engine, the log and state it writes, and the messages it holds. */
export class GuardedSession {
  readonly guard: Guard;
  readonly recorder: Recorder;
  readonly room: HoldingRoom;

  constructor({ session: facts, server, policy, log, onError }: SessionOptions) {
    const { home, pinSet, memory } = server;
    const session: Session = { ...facts, id: newEventId() };
    this.recorder = new Recorder({ log, home, pinSet, session, onError });
    this.guard = new Guard({
      session,
      policy,
      detectors,
      server: memory,
      newEventId,
      pendingId: (thing) => pendingId({ pinSet, kind: thing.kind, name: thing.name, after: thing.form }),
      recallPins: () => knownPins(server, onError),
      clock: processorTime,
    });
    this.room = new HoldingRoom(this.guard, home, onError);
    for (const loss of server.losses) this.recorder.note(loss);
  }

  /** Writes an outcome down and keeps what it holds; `onReleased` gets what becomes of each held message. */
  record(outcome: Outcome, onReleased: (released: Outcome, held: Outcome["held"][number]) => void): void {
    this.recorder.record(outcome);
    if (outcome.cancels !== undefined) this.room.withdraw(outcome.cancels);
    for (const held of outcome.held) this.room.admit(held, (released) => onReleased(released, held));
  }

  /** Writes what is not written yet and drops what is held. */
  close(): void {
    this.recorder.flush();
    this.room.close();
  }
}

function knownPins({ home, pinSet }: KnownServer, onError: (error: unknown) => void): ReadonlyMap<string, string> {
  try {
    return readPins(home, pinSet);
  } catch (error) {
    onError(error);
    return new Map();
  }
}

/** Milliseconds that this process has worked: a server that keeps the machine busy makes no detector slow. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
