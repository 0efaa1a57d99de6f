import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { errorCode, GuardError } from "../core/errors.ts";
import { warnOnce } from "../session/warn-once.ts";
import { noteCalls } from "./drain.ts";
import type { ProxyOptions } from "./proxy-options.ts";
import { followPair, tlsOptions } from "./tls/follow-pair.ts";
import { loadPair } from "./tls/load-pair.ts";

export type Listener = { url: string; server: Server; stop(): void };

/** Streams may be silent for hours and calls may take long: only a request's head has to come within a minute. */
const settings = { requestTimeout: 0, headersTimeout: 60_000, keepAliveTimeout: 75_000 };

/** Listens where the options say. Rejects with GuardError PORT_UNUSABLE, naming the port. */
export async function listen(
  { host, port, tls }: Pick<ProxyOptions, "host" | "port" | "tls">,
  onRequest: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Listener> {
  const secure =
    tls === undefined ? undefined : createTlsServer({ ...settings, ...tlsOptions(loadPair(tls)) }, onRequest);
  const server = secure ?? createServer(settings, onRequest);
  noteCalls(server);
  await started(server, host, port);
  const stop =
    tls === undefined || secure === undefined
      ? () => {}
      : followPair(tls, secure, { onChange: () => {}, onError: warnOnce });
  const address = server.address();
  const bound = isAddress(address) ? address.port : port;
  const shown = host.includes(":") ? `[${host}]` : host;
  return { server, stop, url: `${secure === undefined ? "http" : "https"}://${shown}:${bound}` };
}

function started(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => {
      const code = errorCode(error);
      const why = code === "EADDRINUSE" ? "is in use" : `cannot be used (${code})`;
      const fix = "Choose another with --port, or 0 for a free one; --host names the address.";
      reject(new GuardError("PORT_UNUSABLE", `Port ${port} of ${host} ${why}`, fix, error));
    });
    server.listen(port, host.replace(/^\[(.*)\]$/, "$1"), resolve);
  });
}

function isAddress(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === "object" && address !== null;
}
