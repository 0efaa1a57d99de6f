import { onTestFinished } from "vitest";

/** A client of Streamable HTTP that shows what comes, byte by byte. */

export type Message = {
  jsonrpc?: string;
  id?: unknown;
  method?: string;
  params?: { name?: string; uri?: string; requestId?: unknown; progress?: number; progressToken?: unknown } & Others;
  result?: { content?: readonly { text: string }[]; text?: string; resultType?: string } & Others;
  error?: { code: number; message: string };
};
type Others = Readonly<Record<string, unknown>>;
export type StreamEvent = { event?: string; id?: string; data: string };

const accept = "application/json, text/event-stream";

export function post(
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
  signal?: AbortSignal,
): Promise<Response> {
  return fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", accept, ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
    ...(signal === undefined ? {} : { signal }),
  });
}

export const rpc = (id: unknown, method: string, params?: unknown): Message =>
  JSON.parse(JSON.stringify({ jsonrpc: "2.0", id, method, params }));
export const call = (id: unknown, name: string, args: object = {}, meta?: object): Message =>
  rpc(id, "tools/call", { name, arguments: args, _meta: meta });

export type TestSession = {
  id: string;
  headers: Record<string, string>;
  post(body: unknown, headers?: Record<string, string>, signal?: AbortSignal): Promise<Response>;
  /** The one message of the answer, whether it is JSON or the last of a stream. */
  ask(body: Message): Promise<Message>;
  get(headers?: Record<string, string>): Promise<EventReader>;
};

const initializing = (version: string): Message =>
  rpc(0, "initialize", { protocolVersion: version, capabilities: {}, clientInfo: { name: "test", version: "1" } });

export async function openSession(url: string, version = "2025-11-25"): Promise<TestSession> {
  const response = await post(`${url}/mcp`, initializing(version));
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
  await response.text();
  const id = response.headers.get("mcp-session-id") ?? "";
  const headers = { "mcp-session-id": id, "mcp-protocol-version": version };
  const session: TestSession = {
    id,
    headers,
    post: (body, own = {}, signal) => post(`${url}/mcp`, body, { ...headers, ...own }, signal),
    ask: async (body) => lastMessage(await session.post(body)),
    get: async (own = {}) => {
      const stop = new AbortController();
      const opened = await fetch(`${url}/mcp`, { headers: { accept, ...headers, ...own }, signal: stop.signal });
      return new EventReader(opened, stop);
    },
  };
  await session.post(rpc(undefined, "notifications/initialized"));
  return session;
}

/** The text of a tool's answer. */
export function textOf(message: Message | undefined): string {
  return message?.result?.content?.[0]?.text ?? "";
}

/** A value of the `_meta` of a request or notification. */
export function metaOf(message: Message | undefined, key: string): unknown {
  const meta = message?.params?.["_meta"];
  return typeof meta === "object" && meta !== null
    ? Object.entries(meta).find(([name]) => name === key)?.[1]
    : undefined;
}

export async function lastMessage(response: Response): Promise<Message> {
  const body = await response.text();
  if (!response.headers.get("content-type")?.startsWith("text/event-stream")) return JSON.parse(body);
  return JSON.parse(parseEvents(body).findLast(({ data }) => data !== "")?.data ?? "null");
}

export function parseEvents(text: string): StreamEvent[] {
  return text.split("\n\n").flatMap((block) => {
    const fields = block.split("\n").flatMap((line) => {
      const [, name, value] = /^(\w+): ?(.*)$/.exec(line) ?? [];
      return name === undefined ? [] : [[name, value] as const];
    });
    return fields.length === 0 ? [] : [{ data: "", ...Object.fromEntries(fields) }];
  });
}

/** Reads an event stream as it comes. */
export class EventReader {
  readonly response: Response;
  readonly events: StreamEvent[] = [];
  text = "";
  isEnd = false;
  /** The beginning of an event. */
  #rest = "";
  readonly #stop: AbortController | undefined;
  readonly #wake = new Set<() => void>();

  constructor(response: Response, stop?: AbortController) {
    this.response = response;
    this.#stop = stop;
    void this.#follow();
    onTestFinished(() => this.close());
  }

  close(): void {
    this.#stop?.abort();
  }

  messages(): Message[] {
    const messages = this.events.filter(({ event = "message", data }) => event === "message" && data !== "");
    return messages.map(({ data }) => JSON.parse(data));
  }

  /** Resolves with the first message that fits, come or yet to come. */
  async message(fits: (message: Message) => boolean): Promise<Message> {
    await this.until(() => this.messages().some(fits));
    return this.messages().find(fits) ?? {};
  }

  async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      if (this.isEnd) throw new Error(`the stream ended after: ${this.text}`);
      await new Promise<void>((resolve) => this.#wake.add(resolve));
    }
  }

  async ended(): Promise<void> {
    while (!this.isEnd) await new Promise<void>((resolve) => this.#wake.add(resolve));
  }

  async #follow(): Promise<void> {
    const decoder = new TextDecoder();
    try {
      for await (const chunk of this.response.body ?? []) {
        const text = decoder.decode(chunk, { stream: true });
        this.text += text;
        this.#rest += text;
        const whole = this.#rest.lastIndexOf("\n\n");
        if (whole !== -1) this.events.push(...parseEvents(this.#rest.slice(0, whole)));
        this.#rest = this.#rest.slice(whole === -1 ? 0 : whole + 2);
        this.#tell();
      }
    } catch {
      // Closed.
    }
    this.isEnd = true;
    this.#tell();
  }

  #tell(): void {
    for (const resolve of this.#wake) resolve();
    this.#wake.clear();
  }
}
