import * as z from "zod";

const text = z.string().min(1);
const texts = z.array(text);
const portError = { error: "expected a port from 0 to 65535" };
const port = z.int(portError).min(0, portError).max(65_535, portError);
const count = z.int().positive();
const seconds = z.number().nonnegative();
const path = z.string().regex(/^\/[^\s?#]*$/, { error: "expected a path that begins with a slash" });
const command = z.union([text, z.array(z.string()).min(1)], { error: "expected a text or a list of texts" });
const key = z.string().regex(/^[\x21-\x7e]+$/, { error: "expected visible ASCII characters without spaces" });
const webUrl = z
  .url({ protocol: /^https?$/, error: "expected a URL that begins with http:// or https://" })
  .refine((url) => !URL.canParse(url) || new URL(url).username + new URL(url).password === "", {
    error: "expected no user name or password in the URL: callers send them, and they are passed on",
  });
const address = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], {
  error: "expected an IP address or a range such as 10.0.0.0/8",
});
const origin = z.string().regex(/^(\*|null|[A-Za-z][A-Za-z0-9+.-]*:\/\/[^\s/]+\/?)$/, {
  error: "expected an origin such as https://app.example, or *",
});

const login = z.object({
  mode: z.enum(["client", "facade"]),
  client_id: text.optional(),
  client_secret: text.optional(),
  scopes: texts.optional(),
  issuer: webUrl.optional(),
  grant: z.enum(["authorization_code", "client_credentials"]).optional(),
});

/** https://www.rfc-editor.org/rfc/rfc7517 */
const publicKey = z
  .record(z.string(), z.union([z.string(), z.array(z.string())]))
  .refine((jwk) => "kty" in jwk && !("d" in jwk) && !("k" in jwk), { error: "expected a public key as a JWK" });
const agent = z.object({
  interface_hosts: texts.optional(),
  card_keys: z.array(publicKey).optional(),
  card_key_urls: z.array(webUrl).optional(),
  sign_cards: z.boolean().optional(),
});

const serverKeys = {
  target: webUrl.optional().describe("URL of the server behind the proxy (default http://localhost:8000)."),
  command: command.optional().describe("Command of a stdio server: one text, or the program and its arguments."),
  env: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
    .optional()
    .describe("Environment of that command, besides the proxy's own."),
  shared: z
    .boolean()
    .optional()
    .describe("One process of that command for all sessions (default false: each has its own)."),
  protocol: z
    .enum(["mcp", "a2a"])
    .optional()
    .describe("What the server speaks; without it, its messages and paths decide."),
  oauth: z
    .union([login.shape.mode, login], { error: "expected client, facade or an object" })
    .optional()
    .describe(
      "Who logs in where the server wants OAuth: `client`, the proxy itself; `facade`, the caller through the proxy. An object has `mode`, `client_id`, `client_secret`, `scopes`, `issuer` and `grant`.",
    ),
  keep_grpc: z
    .boolean()
    .optional()
    .describe("Leave gRPC interfaces, which cannot be inspected, in agent cards (default false)."),
  agent: agent
    .optional()
    .describe(
      "Of an A2A agent: `interface_hosts`, hosts its card may name besides its own; `card_keys` (JWKs) and `card_key_urls` (addresses of key sets), whose signatures are trusted; `sign_cards`, whether the proxy signs cards again (default false).",
    ),
};

const upstream = z.object(serverKeys).refine((keys) => (keys.target === undefined) !== (keys.command === undefined), {
  error: "expected a url or a command, and only one of them",
});
/** A URL, or what has no scheme and so is a command line. */
const upstreamText = text.refine(
  (words) => !/^[a-z][a-z0-9+.-]*:\/\//i.test(words) || webUrl.safeParse(words).success,
  {
    error: "expected a URL that begins with http:// or https:// and holds no password, or a command",
  },
);
const upstreamName = z.string().regex(/^[A-Za-z0-9][\w.-]{0,63}$/, {
  error: "expected a name of letters, digits, dots, hyphens and underscores",
});

/** Keys that only `mcpguard proxy` reads; one file serves it and `wrap`. */
export const proxyKeys = {
  upstreams: z
    .record(upstreamName, z.union([upstreamText, upstream], { error: "expected a URL, a command or an object" }))
    .optional()
    .describe(
      "Servers behind the proxy, by name: each is at `/s/NAME/`. A URL, a command, or an object with `url` or `command`, and `env`, `shared`, `protocol`, `oauth`, `keep_grpc`, `agent` as below. What `servers` says for the name holds.",
    ),
  host: text.optional().describe("Address the proxy listens on (default 127.0.0.1)."),
  port: port.optional().describe("Port the proxy listens on (default 8080); 0 picks a free one."),
  mode: z
    .enum(["http", "stdio"])
    .optional()
    .describe("How the one server behind the proxy is reached; without it, `target` or `command` decides."),
  ...serverKeys,
  sse_path: path.optional().describe("Path of the HTTP+SSE stream of a stdio server (default /sse)."),
  messages_path: path.optional().describe("Path that HTTP+SSE clients post to (default /messages/)."),
  log_dir: text.optional().describe("Folder of the log (default `log` in mcpguard's home)."),
  api_key: key.optional().describe("Key that the proxy's callers must send. Better in MCPGUARD_API_KEY or a file."),
  api_key_file: text.optional().describe("File that holds that key."),
  tls_cert_path: text.optional().describe("Certificate file (PEM) for HTTPS; read again when it changes."),
  tls_key_path: text.optional().describe("Private key file (PEM) for HTTPS."),
  hot_reload: z.boolean().optional().describe("Take up changes of this file's rules while running (default false)."),
  config_path: text.optional().describe("Accepted and ignored."),
  cache_ttl: seconds.optional().describe("Seconds that tool lists are cached (default 0: not at all)."),
  max_body_size: count.optional().describe("Bytes a request body may have (default 10485760)."),
  max_sse_connections: count.optional().describe("Event streams open at a time (default 100)."),
  request_timeout: seconds
    .optional()
    .describe(
      "Seconds until the server must begin to answer (default 30, for a stdio server no limit); 0 waits for ever.",
    ),
  allowed_hosts: texts
    .optional()
    .describe("Host names the proxy answers to besides loopback and its own: names, patterns, or *."),
  allowed_origins: z
    .array(origin)
    .optional()
    .describe("Web origins that may call besides loopback and the proxy's own: origins, patterns, or *."),
  trusted_proxies: z.array(address).optional().describe("Addresses and ranges whose X-Forwarded headers count."),
  rate_limit_status: z
    .union([z.literal(200), z.literal(429)], { error: "expected 200 or 429" })
    .optional()
    .describe("HTTP status of a rate-limit refusal (default 200)."),
};

const proxySchema = z.object(proxyKeys);
export type ProxyKeys = z.output<typeof proxySchema>;
export type ServerKeys = z.output<typeof upstream>;
