export type Protocol = "mcp" | "a2a";
export type Transport = "stdio" | "http" | "sse";

/** The facts of one conversation; they do not change while it lasts. */
export type Session = {
  id: string;
  client: string;
  server: string;
  protocol: Protocol;
  /** How the server is reached. */
  transport: Transport;
};
