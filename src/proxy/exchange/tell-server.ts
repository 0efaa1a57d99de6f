import type { Exchange } from "./exchange.ts";
import type { AnswerOptions, Incoming } from "./gateway-options.ts";
import { requestHeaders } from "./headers.ts";
import { nothing } from "./upstream.ts";

/** Posts a message of ours where the client posts its own. */
export function tellServer(
  { upstream, addresses }: AnswerOptions,
  incoming: Incoming,
  { request, path, session }: Exchange,
  message: Uint8Array,
): void {
  const instead = new Map([
    ["content-type", "application/json"],
    ["accept", "application/json, text/event-stream"],
  ]);
  const without = [...incoming.strip, "content-encoding", "last-event-id"];
  const { ownOrigin } = incoming;
  const headers = requestHeaders(request, { without, instead, ownOrigin, target: upstream.target });
  const call = { method: "POST", path: addresses.toUpstream(session.postsTo ?? path), headers, body: message };
  upstream.call(call, { onHead: () => nothing, onFailure: () => {} });
}
