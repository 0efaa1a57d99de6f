import type { JsonObject } from "../core/json.ts";
import type { Policy } from "../core/policy.ts";
import type { Protocol } from "../core/session.ts";

/** Whoever the proxy logs in as at an upstream that wants OAuth; absent where the caller's own login passes. */
export type OAuthLogin =
  /** The proxy holds the tokens: its callers see a server without a login. */
  | {
      mode: "client";
      clientId?: string;
      clientSecret?: string;
      scopes?: readonly string[];
      /** Of the authorization server that the secret is for; without it, the first one that took it. */
      issuer?: string;
      /** `client_credentials`: the proxy logs in by itself, without a person. */
      grant?: "authorization_code" | "client_credentials";
    }
  /** The proxy stands in for the authorization server, so that a caller's own login works through it. */
  | { mode: "facade"; clientId?: string; clientSecret?: string; issuer?: string };

/** Whose signatures under an agent's cards a person trusts. */
export type CardTrust = {
  /** Public keys at hand (RFC 7517). */
  keys: readonly JsonObject[] | undefined;
  /** Addresses of key sets that may be asked when a signature names them; no other is. */
  keyUrls: readonly string[];
};

/** What holds for an upstream that is an agent. */
export type AgentOptions = {
  /** Hosts, with or without a port, that its cards may name besides its own. */
  interfaceHosts: readonly string[];
  trust: CardTrust;
  /** Sign cards again with the proxy's own key once their addresses are the proxy's. */
  signCards: boolean;
};

/** One server or agent behind the proxy. */
export type UpstreamOptions = {
  /** Of pins, events and `servers:` in the configuration; `default` for the only one. */
  name: string;
  /** What its paths begin with: "" or `/s/NAME`. */
  mount: string;
  /** How it is reached: exactly one of the two. */
  server: { target: URL } | { command: readonly string[]; env: Readonly<Record<string, string>>; shared: boolean };
  /** Undefined: what its messages look like decides. */
  protocol: Protocol | undefined;
  oauth: OAuthLogin | undefined;
  /** Leave gRPC interfaces, which cannot be inspected, in agent cards. */
  keepGrpc: boolean;
  agent?: AgentOptions;
};

/** The rules of the moment, by upstream name; a reload replaces what it answers. */
export type PolicySource = {
  policyFor(server: string): Policy;
  /**
   * Calls back after every change, with notes on it for a person, and with an error for an edit that cannot be used;
   * returns a stop. Without hot reload nothing ever changes.
   */
  follow(onChange: (notes: readonly string[]) => void, onError: (error: unknown) => void): () => void;
};

/** Everything `mcpguard proxy` was told, checked and with defaults filled in. */
export type ProxyOptions = {
  /** mcpguard's home folder. */
  home: string;
  host: string;
  /** 0 picks a free one. */
  port: number;
  upstreams: readonly [UpstreamOptions, ...UpstreamOptions[]];
  policies: PolicySource;
  ssePath: string;
  messagesPath: string;
  logFolder: string;
  apiKey: string | undefined;
  tls: { certPath: string; keyPath: string } | undefined;
  /** Seconds; 0 is off. */
  cacheTtl: number;
  /** Bytes of a request body. */
  maxBodySize: number;
  maxSseConnections: number;
  /** Seconds until a silent upstream counts as dead, before its answer begins; 0 waits for ever. */
  requestTimeout: number;
  /** Seconds that a stdio server may be silent about a call; 0, where nobody set a limit, waits for ever. */
  stdioTimeout: number;
  /** Addresses whose X-Forwarded-* headers count. */
  trustedProxies: readonly string[];
  /** Host names and origins accepted besides loopback and the proxy's own. */
  allowedHosts: readonly string[];
  allowedOrigins: readonly string[];
  rateLimitStatus: 200 | 429;
};
