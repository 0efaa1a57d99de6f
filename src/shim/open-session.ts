import { homedir } from "node:os";
import { openAuditLog, type AuditLog } from "../audit/write.ts";
import { GuardedSession } from "../session/guarded-session.ts";
import { knownServer, type KnownServer } from "../session/known-server.ts";
import { sessionEvent } from "../session/session-event.ts";
import { warnOnce } from "../session/warn-once.ts";
import { homeFolder, placeIn } from "../state/home.ts";
import { pinSetKey } from "../state/pin-set-key.ts";
import { loadFirstPolicy } from "./policy.ts";
import type { WrapArguments } from "./wrap-arguments.ts";

export type OpenSession = { session: GuardedSession; server: KnownServer; log: AuditLog };

/** Prepares everything a session needs from `<home>`: rules, pins, decisions, log. */
export async function openSession(given: WrapArguments): Promise<OpenSession> {
  const { client, server: name, command, args } = given;
  const home = homeFolder(process.env, homedir());
  const policy = await loadFirstPolicy(home, name, (changed, note) => {
    session.guard.policy = changed;
    session.recorder.note(note);
  });
  const log = openAuditLog({ folder: placeIn(home, "log"), retentionDays: policy.retentionDays, onError: warnOnce });
  const server = knownServer(home, pinSetKey({ client, server: name, command: [command, ...args] }), warnOnce);
  const facts = { client, server: name, protocol: "mcp", transport: "stdio" } as const;
  const session = new GuardedSession({ session: facts, server, policy, log, onError: warnOnce });
  session.recorder.note(sessionEvent("session_start", `${name} started`, { command }));
  return { session, server, log };
}
