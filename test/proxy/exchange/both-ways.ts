import { startGateway } from "./gateway.ts";
import { ask } from "./raw-client.ts";
import { headerOf, type HttpMessage } from "./read-http.ts";
import { startUpstream, type Call } from "./raw-upstream.ts";

export type BothWays = {
  /** The answers to the same request. */
  direct: HttpMessage;
  proxied: HttpMessage;
  /** The request as it arrived. */
  sent: Call;
  arrived: Call;
};

/** Sends the same bytes to an upstream and to a gateway before it. */
export async function bothWays(reply: (call: Call) => void, bytes: Uint8Array): Promise<BothWays> {
  const upstream = await startUpstream(reply);
  const gateway = await startGateway(upstream.url);
  const [direct, proxied] = [await ask(upstream.url, bytes), await ask(gateway.url, bytes)];
  const [sent, arrived] = upstream.calls;
  if (sent === undefined || arrived === undefined) throw new Error(`did not arrive: ${proxied.body.toString()}`);
  return { direct, proxied, sent, arrived };
}

/** The lengths that a message states and has. */
export function lengths(message: HttpMessage): [stated: string | undefined, real: number] {
  return [headerOf(message, "content-length"), message.body.length];
}
