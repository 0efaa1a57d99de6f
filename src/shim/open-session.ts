import { homedir } from "node:os";
import { newEventId } from "../audit/stamp.ts";
import { openAuditLog, type AuditLog } from "../audit/write.ts";
import type { EventDraft } from "../core/event.ts";
import type { Session } from "../core/session.ts";
import { detectors } from "../detectors/index.ts";
import { Guard } from "../engine/guard.ts";
import { emptyBaseline } from "../engine/memory.ts";
import { homeFolder, placeIn } from "../state/home.ts";
import { pendingId } from "../state/pending.ts";
import { readPins } from "../state/pins.ts";
import { pinSetKey } from "../state/pin-set-key.ts";
import { applyPins } from "./baseline.ts";
import { loadFirstPolicy } from "./policy.ts";
import { Recorder } from "./recorder.ts";
import { sessionEvent } from "./session-event.ts";
import { warnOnce } from "./warn-once.ts";
import type { WrapArguments } from "./wrap-arguments.ts";

/** A guard with its memory of earlier sessions, and where it writes down what it sees. */
export type OpenSession = {
  guard: Guard;
  recorder: Recorder;
  log: AuditLog;
  home: string;
  pinSet: string;
  applied: ReadonlySet<string>;
};

/** Prepares everything a session needs from `<home>`: rules, pins, decisions, log. */
export async function openSession(given: WrapArguments): Promise<OpenSession> {
  const { client, server, command, args } = given;
  const home = homeFolder(process.env, homedir());
  const session: Session = { id: newEventId(), client, server, protocol: "mcp", transport: "stdio" };
  const pinSet = pinSetKey({ client, server, command: [command, ...args] });
  const policy = await loadFirstPolicy(home, server, (changed, note) => {
    guard.policy = changed;
    recorder.note(note);
  });
  const log = openAuditLog({ folder: placeIn(home, "log"), retentionDays: policy.retentionDays, onError: warnOnce });
  const recorder = new Recorder({ log, home, pinSet, session, onError: warnOnce });
  const guard = new Guard({
    session,
    policy,
    detectors,
    baseline: emptyBaseline(),
    newEventId,
    pendingId: (thing) => pendingId({ pinSet, kind: thing.kind, name: thing.name, after: thing.form }),
    recallPins: () => knownPins(home, pinSet),
    clock: processorTime,
  });
  const applied = applyPins(guard, home, pinSet, (error) => {
    warnOnce(error);
    recorder.note(lostMemory(error));
  });
  recorder.note(sessionEvent("session_start", `${server} started`, { command }));
  return { guard, recorder, log, home, pinSet, applied };
}

function knownPins(home: string, pinSet: string): ReadonlyMap<string, string> {
  try {
    return readPins(home, pinSet);
  } catch (error) {
    warnOnce(error);
    return new Map();
  }
}

/** Milliseconds that this process has worked: a server that keeps the machine busy makes no detector slow. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Without its pins a session takes what it sees for what it has always been. */
function lostMemory(error: unknown): EventDraft {
  const what = error instanceof Error ? error.message : String(error);
  return {
    ...sessionEvent("guard_error", `What earlier sessions pinned or decided is lost: ${what}`, {}),
    severity: "high",
  };
}
