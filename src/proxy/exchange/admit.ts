import { parse, textOf } from "../../engine/read-message.ts";
import type { Outcome } from "../../engine/outcome.ts";
import { send } from "./client-side.ts";
import { judged, methodOf, type Exchange } from "./exchange.ts";
import type { GatewayOptions } from "./gateway-options.ts";
import { followingHeaders } from "./header-check.ts";
import { rateHeaders } from "./rate-headers.ts";
import { joined } from "./rpc-error.ts";

/** What goes to the upstream, and the headers that go with it instead of the client's. */
export type Admitted = { body: Uint8Array; headers: ReadonlyMap<string, string> };

/** No header in place of the client's. */
export const unchanged: ReadonlyMap<string, string> = new Map();

/** Lets the guard look at a request. Undefined where it was answered here. */
export async function admit(
  exchange: Exchange,
  raw: Buffer,
  body: Buffer,
  { rateLimitStatus }: Pick<GatewayOptions, "rateLimitStatus">,
): Promise<Admitted | undefined> {
  const { session, binding, pending, client } = exchange;
  const message = binding.toRpcRequest(body);
  const { outcome, released } = judged(exchange, () => session.judge("to-server", message, pending));
  const { forward, answers } = released === undefined ? outcome : await decided(exchange, outcome, released);
  if (client.isGone) return undefined;
  if (forward === undefined) {
    refuse(exchange, answers, rateHeaders(outcome, methodOf(exchange) ?? "", session, Date.now()), rateLimitStatus);
    return undefined;
  }
  exchange.refusals = toStream(exchange, answers);
  if (forward === message) return { body: raw, headers: unchanged };
  const changed = binding.fromRpcRequest(forward);
  exchange.sent = changed;
  const { headers } = exchange.request;
  return { body: changed, headers: followingHeaders(headers, exchange.value, parse(textOf(changed))) };
}

/** What is held waits for a person, and the client with it. */
async function decided(
  { session, response }: Exchange,
  outcome: Outcome,
  released: Promise<Outcome[]>,
): Promise<Pick<Outcome, "forward" | "answers">> {
  const onClose = (): void => session.abandon(outcome);
  response.once("close", onClose);
  const gone = new Promise<Outcome[]>((resolve) => response.once("close", () => resolve([])));
  const later = await Promise.race([released, gone]);
  response.off("close", onClose);
  const answers = [...outcome.answers, ...later.flatMap((each) => each.answers)];
  const approved = later.flatMap(({ forward }) => forward ?? []);
  if (approved.length === 0) return { forward: outcome.forward, answers };
  return {
    forward: outcome.forward === undefined && approved.length === 1 ? approved[0] : merged(outcome, approved),
    answers,
  };
}

/** The members of a batch that passed at once, and those that were approved. */
function merged({ forward }: Outcome, approved: readonly Uint8Array[]): Buffer {
  if (forward === undefined) return joined(approved);
  const inner = Buffer.from(forward).toString().trim().slice(1, -1);
  return joined([Buffer.from(inner), ...approved]);
}

function refuse(
  exchange: Exchange,
  answers: readonly Uint8Array[],
  limits: ReturnType<typeof rateHeaders>,
  rateLimitStatus: 200 | 429,
): void {
  const { binding, client } = exchange;
  const here = toStream(exchange, answers);
  if (here.length === 0) {
    client.begin(202, { "content-length": 0, ...limits });
    return client.end();
  }
  const { status, headers, body } = binding.refusal(here);
  const { "retry-after": retryAfter, ...state } = limits ?? {};
  const isHttp = status === 429 || rateLimitStatus === 429;
  if (limits === undefined || !isHttp) return send(client, status, body, { ...headers, ...state });
  send(client, 429, body, { ...headers, ...state, "retry-after": retryAfter });
}

/** HTTP+SSE answers on its stream; what is left is answered with the request itself. */
function toStream({ session }: Exchange, answers: readonly Uint8Array[]): Uint8Array[] {
  if (session.toClient === undefined) return [...answers];
  for (const answer of answers) session.toClient(answer);
  return [];
}
