/** What holds where nothing else is said; `--help` and docs/proxy.md show these. */
export const defaults = {
  target: "http://localhost:8000",
  host: "127.0.0.1",
  port: 8080,
  ssePath: "/sse",
  messagesPath: "/messages/",
  rateLimit: 100,
  rateWindow: 60,
  rateLimitStatus: 200,
  cacheTtl: 0,
  maxBodySize: 10 * 1024 * 1024,
  maxSseConnections: 100,
  requestTimeout: 30,
  /** Such a server cannot show that it has begun to answer. */
  stdioTimeout: 0,
} as const;
