import type { Exchange } from "./exchange.ts";
import { responseHeaders } from "./headers.ts";
import type { Head, Sink } from "./upstream.ts";

/** A body that no model reads: it passes as it comes. */
export function rawSink({ client }: Exchange, head: Head): Sink {
  client.begin(head.status, responseHeaders(head.headers, false));
  if (head.headers["content-length"] === undefined) client.flushHead();
  return {
    onChunk: (chunk) => client.write(chunk),
    onEnd: () => client.end(),
    onFailure: () => client.breakOff(),
  };
}
