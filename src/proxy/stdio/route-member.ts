import { valueAt } from "../../core/json.ts";
import { looseKey } from "../../engine/correlate.ts";
import { INTERNAL_ERROR, rpcError } from "../exchange/rpc-error.ts";
import { SUBSCRIPTION, type Call } from "./call.ts";
import type { Heading } from "./heading.ts";
import { judgeMember } from "./judge-member.ts";
import type { Member } from "./members.ts";
import type { Peer } from "./peer.ts";
import { textAt } from "./replace-at.ts";
import type { Switchboard } from "./switchboard.ts";

type Of<K extends Heading["kind"]> = Extract<Heading, { kind: K }>;

/** Takes one message of the server through the guard to whom it is for. */
export function routeMember(board: Switchboard, member: Member): void {
  const { heading } = member;
  if (heading === undefined) return inspectOnly(board, member);
  if (heading.kind === "response") return routeResponse(board, member, heading);
  if (heading.kind === "request") return routeRequest(board, member, heading);
  routeNotification(board, member, heading);
}

function routeResponse(board: Switchboard, member: Member, { id, value }: Of<"response">): void {
  const call = board.calls.answered(id, member.bytes);
  if (call === undefined) return board.calls.isReleased(id) ? undefined : inspectOnly(board, member);
  board.calls.remove(call, true);
  if (call.method === "initialize") board.greeting.learn(call, member.bytes, "result" in value);
  const answer = { ...member, bytes: call.restored(member.bytes, "id") };
  judgeMember(call.peer.session, "to-client", answer, call.pending, ({ forward, answers }) => {
    for (const each of answers) board.write(each);
    call.answer(forward ?? rpcError(call.idText, INTERNAL_ERROR, "mcpguard could not pass the server's answer on."));
  });
}

/** A request goes to the client whose call is open, since it most likely belongs to that call. */
function routeRequest(board: Switchboard, member: Member, heading: Of<"request">): void {
  const peer = whoIsMeant(board);
  const call = board.calls.newest((each) => each.peer === peer && each.sink.isLive);
  const idText = textAt(member.bytes, ["id"]) ?? "null";
  if (peer === undefined) {
    inspectOnly(board, member);
    return board.write(rpcError(idText, INTERNAL_ERROR, "No client can be asked, or more than one could be meant."));
  }
  const key = looseKey(heading.id);
  board.questions.ask(key, { peer, idText });
  const { held } = judgeMember(peer.session, "to-client", member, call?.pending, ({ forward, answers }) => {
    for (const each of answers) board.write(each);
    if (forward !== undefined) return peer.receive(forward, heading, call);
    board.questions.take(key, peer);
    if (answers.length === 0 && held.length === 0)
      board.write(rpcError(idText, INTERNAL_ERROR, "mcpguard could not pass the request on."));
  });
}

/** Undefined where more than one could be meant: what is asked for one user must not be shown to another. */
function whoIsMeant({ peers, calls }: Switchboard): Peer | undefined {
  const able = [...peers].filter(({ takesRequests }) => takesRequests);
  const calling = able.filter((peer) => calls.newest((call) => call.peer === peer) !== undefined);
  const [only, ...others] = calling.length > 0 ? calling : able;
  return others.length === 0 ? only : undefined;
}

function routeNotification(board: Switchboard, member: Member, heading: Of<"notification">): void {
  const { method, value } = heading;
  if (method === "notifications/cancelled") return routeCancellation(board, member, heading);
  const subscription = valueAt(value, "params", "_meta", SUBSCRIPTION);
  if (typeof subscription === "string" || typeof subscription === "number") {
    const call = board.calls.answered(subscription, member.bytes);
    return call === undefined ? inspectOnly(board, member) : relate(member, call, "subscription");
  }
  const isProgress = method === "notifications/progress";
  const call = isProgress ? board.calls.ofToken(valueAt(value, "params", "progressToken")) : undefined;
  if (call !== undefined) return relate(member, call, "progress");
  if (isProgress && board.options.hasAliases) return inspectOnly(board, member);
  for (const peer of board.peers) tell(board, member, heading, peer);
}

/** The server withdraws its own request, or ends a subscription. */
function routeCancellation(board: Switchboard, member: Member, heading: Of<"notification">): void {
  const id = valueAt(heading.value, "params", "requestId");
  if (typeof id !== "string" && typeof id !== "number") return inspectOnly(board, member);
  const asked = board.questions.askedOf(looseKey(id));
  if (asked !== undefined) {
    board.questions.take(looseKey(id), asked);
    return tell(board, member, heading, asked);
  }
  const call = board.calls.answered(id, member.bytes);
  inspectOnly(board, member);
  if (call?.method !== "subscriptions/listen") return;
  board.calls.remove(call, false);
  call.release();
}

function relate(member: Member, call: Call, place: "progress" | "subscription"): void {
  const message = { ...member, bytes: call.restored(member.bytes, place) };
  judgeMember(call.peer.session, "to-client", message, call.pending, ({ forward }) => {
    if (forward !== undefined) call.relate(forward);
  });
}

function tell(board: Switchboard, member: Member, heading: Of<"notification">, peer: Peer): void {
  const call = board.calls.newest((each) => each.peer === peer && each.sink.isLive);
  judgeMember(peer.session, "to-client", member, call?.pending, ({ forward }) => {
    if (forward !== undefined) peer.receive(forward, heading, call);
  });
}

/** What nobody waits for is looked at all the same, so that it is in the log. */
function inspectOnly(board: Switchboard, member: Member): void {
  const peer = board.anyPeer();
  if (peer === undefined) return;
  // Another client's ids mean other requests.
  const pending = board.options.hasAliases ? peer.session.newExchangeTable() : undefined;
  judgeMember(peer.session, "to-client", member, pending, () => {});
}
