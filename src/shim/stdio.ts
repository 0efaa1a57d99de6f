import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import type { Outcome } from "../engine/outcome.ts";
import { detectorGate } from "../detectors/gate.ts";
import { askedToEnd } from "../process/forward-signals.ts";
import { endWhenAlone } from "../process/end-when-alone.ts";
import { mirrorExit } from "../process/mirror-exit.ts";
import type { ServerProcess } from "../process/start-server.ts";
import { followPins } from "../session/follow-pins.ts";
import { listChanged } from "../session/list-changed.ts";
import { sessionEvent } from "../session/session-event.ts";
import { Lane } from "./lane.ts";
import { openSession, type OpenSession } from "./open-session.ts";
import { Outlet } from "./outlet.ts";
import type { WrapArguments } from "./wrap-arguments.ts";

/** After its server has ended, output that is still on its way arrives within this time, in milliseconds. */
const SILENCE = 300;

type Exit = [code: number | null, signal: NodeJS.Signals | null];

/** Stands between a client on standard input and output and a started server, until the server ends. */
export async function guardStdio(given: WrapArguments, server: ServerProcess): Promise<void> {
  const exited = new Promise<Exit>((resolve) => {
    server.once("exit", (code, signal) => resolve([code, signal]));
  });
  // A client that asks the shim to end may have stopped reading.
  const hurry = askedToEnd()
    .then(() => exited)
    .then(() => sleep(SILENCE));
  const opened = await openSession(given);
  const { session, log } = opened;
  const { toClient, outputEnded } = connect(opened, server);
  const dismissWatcher = endWhenAlone(server);
  const [code, signal] = await exited;
  dismissWatcher();
  await Promise.race([outputEnded, silence(server), hurry]);
  session.recorder.note(sessionEvent("session_end", `${given.server} ended`, signal === null ? { code } : { signal }));
  await Promise.race([toClient.drained(), hurry]);
  session.close();
  log.closeSync();
  mirrorExit(code, signal);
}

/** Lays a lane in each direction between the client and the server. */
function connect(
  { session, server: known }: OpenSession,
  server: ServerProcess,
): { toClient: Outlet; outputEnded: Promise<void> } {
  const gate = detectorGate();
  const { guard } = session;
  const toServer = new Outlet(server.stdin, () => process.stdin.destroy());
  const toClient = new Outlet(process.stdout, () => server.stdout.destroy());
  const record = (outcome: Outcome): void => {
    session.record(outcome, (released, held) => (held.direction === "to-server" ? ahead : behind).deliver(released));
  };
  const ahead = new Lane({
    direction: "to-server",
    guard,
    gate,
    source: process.stdin,
    ahead: toServer,
    back: toClient,
    record,
  });
  const behind = new Lane({
    direction: "to-client",
    guard,
    gate,
    source: server.stdout,
    ahead: toClient,
    back: toServer,
    record,
  });
  followPins({
    ...known,
    server: known.memory,
    settle: (id, decision) => session.room.settle(id, decision),
    onListChanged: (kind) => {
      for (const message of listChanged(guard.memory, kind)) toClient.write(message, server.stdout);
    },
  });

  process.stdin.on("data", (chunk: Buffer) => ahead.push(chunk));
  onEnd(process.stdin, () => {
    ahead.end();
    toServer.end();
  });
  server.stdout.on("data", (chunk: Buffer) => behind.push(chunk));
  const outputEnded = new Promise<void>((resolve) => {
    onEnd(server.stdout, () => {
      behind.end();
      resolve();
    });
  });
  return { toClient, outputEnded };
}

/** Files only end, what was destroyed only closes. */
function onEnd(source: Readable, callback: () => void): void {
  source.on("error", () => {});
  source.once("end", callback).once("close", callback);
}

/**
 * A server's own children may keep its output open for ever: it has ended when nothing more comes.
 * While the client is too slow to take more, nothing can come.
 */
function silence({ stdout }: ServerProcess): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => (stdout.isPaused() ? timer.refresh() : resolve()), SILENCE);
    stdout.on("data", () => timer.refresh());
  });
}
