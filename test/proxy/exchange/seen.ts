import type { HttpMessage } from "./read-http.ts";

/** They concern one connection, or are the date that a server on node:http adds. */
const own = new Set(["connection", "keep-alive", "transfer-encoding", "content-length", "date"]);

/** What the gateway says of pages, which share its address. */
const said = /^(?:content-security-policy: sandbox allow-scripts|x-content-type-options: nosniff)/;

/** What must be the same with and without a gateway between. Names of headers have no case. */
export function seen({ start, headers, body }: HttpMessage) {
  return {
    start: start.slice(1),
    headers: headers
      .flatMap(([name, value]) => (own.has(name.toLowerCase()) ? [] : `${name.toLowerCase()}: ${value}`))
      .filter((line) => !said.test(line)),
    body: body.toString("latin1"),
  };
}
