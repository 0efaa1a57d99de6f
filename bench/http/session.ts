import { connect, type Socket } from "node:net";

/** One MCP session on a connection of its own, that asks one thing at a time and reads HTTP no more than it must. */
export class Session {
  readonly #socket: Socket;
  readonly #host: string;
  #head: string;
  #chunks: Buffer[] = [];
  #missing = -1;
  #onAnswer: (body: Buffer) => void = () => {};
  #onFailure: (error: Error) => void = () => {};
  #nextId = 1;

  constructor(url: string) {
    const { hostname, port, host } = new URL(url);
    this.#host = host;
    this.#socket = connect(Number(port), hostname).setNoDelay(true);
    this.#socket.on("data", (chunk) => this.#push(chunk));
    this.#socket.on("error", (error) => this.#onFailure(error));
    this.#socket.on("close", () => this.#onFailure(new Error("the connection was closed")));
    this.#head = this.#headFor([]);
  }

  /** Takes the session's name from the server. */
  async open(): Promise<void> {
    const clientInfo = { name: "bench", version: "1" };
    await this.#ask("initialize", { protocolVersion: "2025-11-25", capabilities: {}, clientInfo });
  }

  /** Calls the echo tool; the answer's body. Rejects where it is not a result. */
  call(args: { text?: string; size?: number }): Promise<Buffer> {
    return this.#ask("tools/call", { name: "echo", arguments: args });
  }

  #ask(method: string, params: object): Promise<Buffer> {
    const body = JSON.stringify({ jsonrpc: "2.0", id: this.#nextId++, method, params });
    this.#socket.write(`${this.#head}${Buffer.byteLength(body)}\r\n\r\n${body}`);
    return new Promise((resolve, reject) => {
      this.#onAnswer = resolve;
      this.#onFailure = reject;
    });
  }

  #headFor(more: readonly string[]): string {
    return [
      `POST /mcp HTTP/1.1\r\nHost: ${this.#host}`,
      "Content-Type: application/json",
      "Accept: application/json, text/event-stream",
      "MCP-Protocol-Version: 2025-11-25",
      ...more,
      "Content-Length: ",
    ].join("\r\n");
  }

  close(): void {
    this.#onFailure = () => {};
    this.#socket.destroy();
  }

  #push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    if (this.#missing === -1) return this.#begin();
    this.#missing -= chunk.length;
    if (this.#missing === 0) this.#end();
  }

  #begin(): void {
    const bytes = Buffer.concat(this.#chunks);
    const end = bytes.indexOf("\r\n\r\n");
    if (end === -1) return;
    const head = bytes.toString("latin1", 0, end);
    const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
    if (!head.startsWith("HTTP/1.1 200") || length === undefined) return this.#onFailure(new Error(head));
    const session = /\r\nmcp-session-id: (\S+)/i.exec(head)?.[1];
    if (session !== undefined) this.#head = this.#headFor([`Mcp-Session-Id: ${session}`]);
    this.#chunks = [bytes.subarray(end + 4)];
    this.#missing = Number(length) - (bytes.length - end - 4);
    if (this.#missing === 0) this.#end();
  }

  #end(): void {
    const body = Buffer.concat(this.#chunks);
    this.#chunks = [];
    this.#missing = -1;
    if (body.includes('"isError":true') || body.includes('"error":')) this.#onFailure(new Error(body.toString()));
    else this.#onAnswer(body);
  }
}
