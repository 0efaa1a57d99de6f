import { valueAt } from "../../core/json.ts";
import type { OpenRequests } from "../../core/memory.ts";
import type { Outcome } from "../../engine/outcome.ts";
import { REFUSED_CODE } from "../../engine/refusal.ts";
import { rpcError } from "../exchange/rpc-error.ts";
import { Call, type CallSink } from "./call.ts";
import type { Heading } from "./heading.ts";
import { judgeMember, type Decision } from "./judge-member.ts";
import type { Member } from "./members.ts";
import type { Peer } from "./peer.ts";
import type { Switchboard } from "./switchboard.ts";

/** A call and the message that makes it. */
export type Outgoing = { call: Call; member: Member };

/** The calls that a client's messages make, before any is judged. */
export function callsOf(peer: Peer, sink: CallSink, members: readonly Member[], isolated: boolean): Outgoing[] {
  return members.flatMap((member) => {
    if (member.heading?.kind !== "request") return [];
    const pending: OpenRequests | undefined = isolated ? peer.session.newExchangeTable() : undefined;
    return [{ member, call: new Call({ peer, sink, bytes: member.bytes, heading: member.heading, pending }) }];
  });
}

/** Takes a call through the guard to the server, or its refusal back. */
export function deliverCall(
  board: Switchboard,
  { call, member }: Outgoing,
  onRefusal: (outcome: Outcome) => void = () => {},
): void {
  const { session, held } = call.peer;
  const onDecision = ({ forward, answers, outcome }: Decision): void => {
    held.delete(call);
    if (!call.isOpen) return;
    if (forward !== undefined) return board.call(call, forward);
    onRefusal(outcome);
    const [refusal = rpcError(call.idText, REFUSED_CODE, "mcpguard could not pass the request on.")] = answers;
    call.answer(refusal);
  };
  const outcome = judgeMember(session, "to-server", member, call.pending, onDecision);
  if (outcome.held.length > 0) held.set(call, outcome);
}

/** Takes what is no call through the guard to the server. */
export function deliverOther(board: Switchboard, peer: Peer, member: Member): void {
  const { heading } = member;
  if (heading === undefined || heading.kind === "request") return;
  judgeMember(peer.session, "to-server", member, undefined, ({ forward }) => {
    if (forward === undefined || isOfHeld(peer, heading)) return;
    if (heading.kind === "response") board.respond(peer, forward, heading.id);
    else board.notify(peer, forward, heading);
  });
}

/** The cancellation of a call that the server has not seen yet. */
function isOfHeld({ held }: Peer, heading: Heading): boolean {
  if (heading.kind !== "notification" || heading.method !== "notifications/cancelled") return false;
  const id = valueAt(heading.value, "params", "requestId");
  const call = [...held.keys()].find((each) => each.id === id);
  if (call === undefined) return false;
  held.delete(call);
  call.release();
  return true;
}
