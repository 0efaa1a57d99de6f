import type { IncomingMessage, ServerResponse } from "node:http";
import { valueAt } from "../../core/json.ts";
import { HEADER_MISMATCH, INVALID_REQUEST } from "../exchange/rpc-error.ts";
import type { Heading } from "./heading.ts";
import type { EndpointOptions } from "./mcp-endpoint.ts";
import { requestIdOf, type Member } from "./members.ts";
import { wrongHeader } from "./modern.ts";
import { badRequest, refuse } from "./reply.ts";
import type { StatelessCaller } from "./stateless-caller.ts";
import { busy, refuseUnavailable } from "./unavailable.ts";

const UNSUPPORTED = -32_022;

/** Takes a POST of 2026-07-28 to the caller's process. https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http */
export async function postModern(
  { peers, slots }: EndpointOptions,
  request: IncomingMessage,
  response: ServerResponse,
  members: readonly Member[],
  caller: string,
): Promise<void> {
  const [member] = members;
  const id = requestIdOf(members);
  const { heading } = member ?? {};
  if (member === undefined || heading === undefined || members.length > 1 || member.opensBatch)
    return badRequest(response, INVALID_REQUEST, "Since 2026-07-28 there are no batches", id);
  if (heading.kind === "response")
    return badRequest(response, INVALID_REQUEST, "Servers ask nothing since 2026-07-28", id);
  const joined = await peers.caller(caller);
  if ("why" in joined) return refuseUnavailable(response, joined, id);
  if (response.destroyed) return;
  if (heading.kind === "request" && isRefused(request, response, joined, heading, id)) return;
  const isLasting = heading.method === "subscriptions/listen";
  if (isLasting && slots.areTaken) return busy(response, "Too many event streams are open.", id);
  if (!joined.isReceptive) return busy(response, "The server does not keep up.", id);
  joined.post(response, member);
}

/** True for a request that was answered, since its headers or its revision keep it from the server. */
function isRefused(
  { headers }: IncomingMessage,
  response: ServerResponse,
  caller: StatelessCaller,
  { value }: Extract<Heading, { kind: "request" }>,
  id: string | undefined,
): boolean {
  const name = wrongHeader(headers, value, caller.session.guard.memory.tools);
  const data = caller.unsupported(valueAt(value, "params"));
  if (name !== undefined)
    badRequest(response, HEADER_MISMATCH, `The header ${name} is missing or does not agree with the body`, id);
  else if (data !== undefined)
    refuse(response, { status: 400, code: UNSUPPORTED, message: "Unsupported protocol version", id, data });
  return name !== undefined || data !== undefined;
}
