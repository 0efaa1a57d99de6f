import { homedir } from "node:os";
import { newEventId } from "../audit/stamp.ts";
import { openAuditLog } from "../audit/write.ts";
import type { Session } from "../core/session.ts";
import { detectors } from "../detectors/index.ts";
import { emptyBaseline } from "../engine/memory.ts";
import { Guard } from "../engine/guard.ts";
import { forwardSignals } from "../process/forward-signals.ts";
import { mirrorExit } from "../process/mirror-exit.ts";
import type { ServerProcess } from "../process/start-server.ts";
import { homeFolder, placeIn } from "../state/home.ts";
import { pendingId } from "../state/pending.ts";
import { pinSetKey } from "../state/pin-set-key.ts";
import { buildGate } from "../text/gate.ts";
import { applyPins, followPins } from "./baseline.ts";
import { sessionEvent } from "./session-event.ts";
import { HoldingRoom } from "./holding-room.ts";
import { Lane } from "./lane.ts";
import { Outlet } from "./outlet.ts";
import { loadFirstPolicy } from "./policy.ts";
import { Recorder } from "./recorder.ts";
import { warnOnce } from "./warn-once.ts";
import type { WrapArguments } from "./wrap-arguments.ts";

/** Stands between a client on standard input and output and a started server, until the server ends. */
export async function guardStdio(given: WrapArguments, server: ServerProcess): Promise<void> {
  let clientIsGone = false;
  forwardSignals(server, () => clientIsGone);
  const ended = new Promise<[number | null, NodeJS.Signals | null]>((resolve) => {
    server.once("exit", (code, signal) => resolve([code, signal]));
  });
  const home = homeFolder(process.env, homedir());
  const session: Session = { id: newEventId(), client: given.client, server: given.server, protocol: "mcp", transport: "stdio" };
  const pinSet = pinSetKey({ client: given.client, server: given.server, command: [given.command, ...given.args] });
  const policy = await loadFirstPolicy(home, given.server, (changed, note) => {
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
    clock: () => performance.now(),
  });
  applyPins(guard, home, pinSet, warnOnce);
  recorder.note(sessionEvent("session_start", `${given.server} started`, { command: given.command }));

  const gate = buildGate(detectors.flatMap(({ meta }) => meta.anchors ?? []));
  const toServer = new Outlet(server.stdin, () => process.stdin.destroy());
  const toClient = new Outlet(process.stdout, () => server.stdout.destroy());
  const room = new HoldingRoom(guard, home);
  const record = (outcome: Parameters<Recorder["record"]>[0]): void => {
    try {
      recorder.record(outcome);
    } catch (error) {
      warnOnce(error);
    }
    for (const held of outcome.held) room.admit(held, (released) => (held.direction === "to-server" ? ahead : behind).deliver(released));
  };
  const ahead = new Lane({ direction: "to-server", guard, gate, source: process.stdin, ahead: toServer, back: toClient, record });
  const behind = new Lane({ direction: "to-client", guard, gate, source: server.stdout, ahead: toClient, back: toServer, record });
  followPins(guard, home, pinSet, room, (bytes) => toClient.write(bytes, server.stdout));

  process.stdin.on("data", (chunk: Buffer) => ahead.push(chunk));
  process.stdin.once("close", () => {
    clientIsGone = true;
    ahead.end();
    toServer.end();
  });
  const outputEnded = new Promise<void>((resolve) => {
    server.stdout.on("data", (chunk: Buffer) => behind.push(chunk));
    server.stdout.once("close", () => resolve());
  });

  const [code, signal] = await ended;
  await Promise.race([outputEnded, silence(server)]);
  behind.end();
  recorder.note(sessionEvent("session_end", `${given.server} ended`, signal === null ? { code } : { signal }));
  await toClient.drained();
  log.closeSync();
  mirrorExit(code, signal);
}

/** A server's own children may keep its output open for ever: it has ended when nothing more comes. */
function silence(server: ServerProcess): Promise<void> {
  return new Promise((resolve) => {
    let timer = setTimeout(resolve, SILENCE);
    server.stdout.on("data", () => {
      clearTimeout(timer);
      timer = setTimeout(resolve, SILENCE);
    });
  });
}

const SILENCE = 300;
