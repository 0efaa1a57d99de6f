import { defaults } from "../../proxy/options/defaults.ts";

export type Flag = {
  type: "text" | "number" | "yes-or-no" | "list";
  alias?: string;
  describe: string;
  /** As `--help` shows it. */
  default: string;
  /** Its own headline in `--help`. */
  group: string;
};

const server = "The server behind the proxy:";
const listen = "Where and for whom:";
const rules = "Rules:";
const limits = "Limits and files:";

/** Everything `mcpguard proxy` can be told. Each is also a key of the configuration file, with underscores. */
export const flags: Readonly<Record<string, Flag>> = {
  target: { type: "text", alias: "t", group: server, default: defaults.target, describe: "URL of the server or agent" },
  mode: {
    type: "text",
    alias: "m",
    group: server,
    default: "stdio with a command, else http",
    describe: "How the server is reached: http or stdio",
  },
  cmd: {
    type: "list",
    alias: "c",
    group: server,
    default: "none",
    describe: "A word of a stdio server's command; repeat it, or write -- COMMAND ARGS…",
  },
  env: { type: "list", group: server, default: "none", describe: "NAME=VALUE for that command; repeatable" },
  shared: { type: "yes-or-no", group: server, default: "no", describe: "One process of that command for all sessions" },
  protocol: { type: "text", group: server, default: "what the messages say", describe: "mcp or a2a" },
  oauth: {
    type: "text",
    group: server,
    default: "callers' own credentials pass",
    describe: "Who logs in at the server: client (the proxy) or facade (callers, through the proxy)",
  },
  "keep-grpc": { type: "yes-or-no", group: server, default: "no", describe: "Leave gRPC interfaces in agent cards" },
  "sse-path": { type: "text", group: server, default: defaults.ssePath, describe: "HTTP+SSE stream of a stdio server" },
  "messages-path": { type: "text", group: server, default: defaults.messagesPath, describe: "Where its clients post" },

  host: { type: "text", group: listen, default: defaults.host, describe: "Address to listen on (-h is help)" },
  port: {
    type: "number",
    alias: "p",
    group: listen,
    default: String(defaults.port),
    describe: "Port to listen on; 0 picks a free one",
  },
  "api-key": {
    type: "text",
    alias: "k",
    group: listen,
    default: "none",
    describe: "Key that callers must send; MCPGUARD_API_KEY keeps it out of the process list",
  },
  "api-key-file": { type: "text", group: listen, default: "none", describe: "File that holds the key" },
  "tls-cert": { type: "text", group: listen, default: "none: HTTP", describe: "Certificate (PEM) for HTTPS" },
  "tls-key": { type: "text", group: listen, default: "none: HTTP", describe: "Its private key (PEM)" },
  "allowed-host": {
    type: "list",
    group: listen,
    default: "loopback and the proxy's own",
    describe: "Host name to answer to; repeatable",
  },
  "allowed-origin": {
    type: "list",
    group: listen,
    default: "loopback and the proxy's own",
    describe: "Web origin that may call; repeatable",
  },
  "trusted-proxy": {
    type: "list",
    group: listen,
    default: "none",
    describe: "Address or range whose X-Forwarded headers count; repeatable",
  },

  config: {
    type: "text",
    alias: "C",
    group: rules,
    default: "config.yaml in mcpguard's home",
    describe: "Configuration file (YAML, JSON, JSONC, JSON5); flags go before it",
  },
  "hot-reload": {
    type: "yes-or-no",
    group: rules,
    default: "no",
    describe: "Take up that file's changes while running",
  },
  preset: { type: "text", group: rules, default: "balanced", describe: "monitor, balanced or strict" },
  allow: { type: "list", alias: "a", group: rules, default: "all", describe: "Tool that may be called; repeatable" },
  deny: { type: "list", alias: "d", group: rules, default: "none", describe: "Tool that may not; repeatable" },
  "rate-limit": {
    type: "number",
    alias: "r",
    group: rules,
    default: String(defaults.rateLimit),
    describe: "Calls of one method in a window",
  },
  "rate-window": {
    type: "number",
    alias: "w",
    group: rules,
    default: String(defaults.rateWindow),
    describe: "Seconds of that window",
  },
  "rate-limit-status": {
    type: "number",
    group: rules,
    default: String(defaults.rateLimitStatus),
    describe: "HTTP status of a refusal by that limit: 200 or 429",
  },

  "log-dir": {
    type: "text",
    alias: "l",
    group: limits,
    default: "log in mcpguard's home",
    describe: "Folder of the log",
  },
  "cache-ttl": {
    type: "number",
    group: limits,
    default: `${defaults.cacheTtl}: off`,
    describe: "Seconds that tool lists are cached",
  },
  "max-body-size": {
    type: "number",
    group: limits,
    default: String(defaults.maxBodySize),
    describe: "Bytes of a request body",
  },
  "max-sse-connections": {
    type: "number",
    group: limits,
    default: String(defaults.maxSseConnections),
    describe: "Event streams at a time",
  },
  "request-timeout": {
    type: "number",
    group: limits,
    default: String(defaults.requestTimeout),
    describe: "Seconds until the server must begin to answer (a stdio server: no limit); 0 waits for ever",
  },
};
