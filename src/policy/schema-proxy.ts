import * as z from "zod";

const text = z.string().min(1);
const port = z.int().min(0).max(65_535);
const count = z.int().positive();
const command = z.union([text, z.array(z.string()).min(1)], { error: "expected a text or a list of texts" });
const upstream = z.union([text, z.record(z.string(), z.unknown())], { error: "expected a URL or an object" });

/** Keys that only `mcpguard proxy` reads; one file serves it and `wrap`. */
export const proxyKeys = {
  upstreams: z.record(z.string(), upstream).optional().describe("Servers behind the proxy, by name."),
  host: text.optional().describe("Address the proxy listens on."),
  port: port.optional().describe("Port the proxy listens on; 0 picks a free one."),
  target: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe("URL of the server behind the proxy."),
  mode: z.enum(["http", "stdio"]).optional().describe("How the server behind the proxy is reached."),
  sse_path: text.optional().describe("Path of the HTTP+SSE stream."),
  messages_path: text.optional().describe("Path that HTTP+SSE clients post to."),
  command: command.optional().describe("Command of a stdio server."),
  env: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
    .optional()
    .describe("Environment of that command."),
  log_dir: text.optional().describe("Folder of the log."),
  api_key: text.optional().describe("Key that the proxy's callers must send. Better set as MCPGUARD_API_KEY."),
  tls_cert_path: text.optional().describe("Certificate file for HTTPS."),
  tls_key_path: text.optional().describe("Private key file for HTTPS."),
  hot_reload: z.boolean().optional().describe("Reload this file when it changes."),
  config_path: text.optional().describe("Accepted and ignored."),
  cache_ttl: z.number().nonnegative().optional().describe("Seconds that tool lists are cached; 0 is off."),
  max_body_size: count.optional().describe("Bytes a request body may have."),
  max_sse_connections: count.optional().describe("Event streams open at a time."),
  request_timeout: z.number().positive().optional().describe("Seconds the server may take to answer."),
  trusted_proxies: z.array(text).optional().describe("Addresses whose X-Forwarded headers count."),
  rate_limit_status: z
    .union([z.literal(200), z.literal(429)], { error: "expected 200 or 429" })
    .optional()
    .describe("HTTP status of a rate-limit refusal."),
};
