import type { IncomingMessage } from "node:http";
import type { Incoming } from "../exchange/gateway-options.ts";
import type { Head, Upstream } from "../exchange/upstream.ts";
import type { Reply } from "./reply.ts";

/** A request for a page of a login. */
export type PageRequest = {
  request: IncomingMessage;
  /** Under which the browser or client knows the proxy. */
  origin: string;
  query: URLSearchParams;
  /** Of a POST. */
  body: string;
};

export type LoginPage = {
  method: "GET" | "POST";
  /** True where it can be asked for without the proxy's API key. */
  isOpen: boolean;
  answer(asked: PageRequest): Promise<Reply>;
};

export type Document = "oauth-protected-resource" | "oauth-authorization-server" | "openid-configuration";

/** How one route deals with an upstream that wants OAuth. */
export type RouteLogin = {
  /** Stands where `upstream` stood, which is the route's, or another way to what is behind it. */
  around(upstream: Upstream): Pick<Upstream, "target" | "call">;
  /** An answer's head as the caller gets it. */
  toCaller(head: Head, incoming: Incoming): Head;
  /** The page `/_mcpguard/oauth/WORD/ROUTE`. */
  page(word: string): LoginPage | undefined;
  /** A document under `/.well-known/` about what is at `below` the route's mount. */
  document(kind: Document, below: string, origin: string): Promise<Reply>;
  /** Told once where the proxy is, for those who start it. */
  listening(url: string): void;
};
