/** What the clients of both SDKs can do, called alike. */
export type Talk = {
  /** What the server said of itself. */
  facts(): unknown;
  listTools(params?: { cursor: string }): Promise<Tools>;
  callTool(call: Call, options?: CallOptions): Promise<unknown>;
  listPrompts(): Promise<unknown>;
  getPrompt(params: { name: string; arguments?: Record<string, string> }): Promise<unknown>;
  listResources(): Promise<unknown>;
  listResourceTemplates(): Promise<unknown>;
  readResource(params: { uri: string }): Promise<unknown>;
  complete(params: Completion): Promise<unknown>;
  setLoggingLevel(level: "debug" | "error"): Promise<unknown>;
  ping(): Promise<unknown>;
  /** Asks to be told of changes to a resource and to the lists, as the era has it. */
  subscribe(uri: string): Promise<unknown>;
  unsubscribe(uri: string): Promise<unknown>;
  /** What the server asked for or told by itself, in order. */
  heard: { method: string; params?: unknown }[];
  close(): Promise<void>;
};

export type Tools = {
  tools: { name: string; inputSchema: { required?: string[] | undefined } }[];
  nextCursor?: string | undefined;
};
export type Call = { name: string; arguments?: Record<string, unknown> };
export type CallOptions = { signal?: AbortSignal; onprogress?: (progress: unknown) => void };
export type Completion = {
  ref: { type: "ref/prompt"; name: string } | { type: "ref/resource"; uri: string };
  argument: { name: string; value: string };
};

export const capabilities = {
  sampling: { tools: {} },
  elicitation: { form: {}, url: {} },
  roots: { listChanged: true },
};

/** What every client here answers when a server asks. */
export const answers = {
  sample: (params: { messages: unknown }) => ({
    role: "assistant" as const,
    model: "none",
    content: { type: "text" as const, text: `sampled: ${JSON.stringify(params.messages)}` },
  }),
  elicit: ({ message }: { message: string }) => ({
    action: "accept" as const,
    content: { name: "Ada", check: true, age: message.length },
  }),
  roots: () => ({ roots: [{ uri: "file:///tmp/root", name: "a root" }] }),
};
