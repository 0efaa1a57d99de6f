import type { OutgoingHttpHeaders, ServerResponse } from "node:http";
import type { Flow } from "./flow.ts";
import { oneLine } from "./one-line.ts";

export type EventStreamOptions = {
  response: ServerResponse;
  headers: OutgoingHttpHeaders;
  flow: Flow;
  /** Milliseconds between signs of life. */
  keepAlive: number;
};

const end = Buffer.from("\n\n");

/** A response that is a stream of events. https://html.spec.whatwg.org/multipage/server-sent-events.html */
export class EventStream {
  readonly #response: ServerResponse;
  readonly #flow: Flow;
  readonly #timer: NodeJS.Timeout;

  constructor({ response, headers, flow, keepAlive }: EventStreamOptions) {
    this.#response = response;
    this.#flow = flow;
    response.writeHead(200, {
      "content-type": "text/event-stream",
      "cache-control": "no-cache, no-transform",
      "x-accel-buffering": "no",
      ...headers,
    });
    response.flushHeaders();
    this.#timer = setInterval(() => this.#write(": keep-alive\n\n"), keepAlive).unref();
    response.once("close", () => clearInterval(this.#timer));
  }

  get isOpen(): boolean {
    return !this.#response.destroyed && !this.#response.writableEnded;
  }

  /** `id` is where a client may ask to go on from. */
  send(message: Uint8Array, id?: string): void {
    if (!this.isOpen) return;
    this.#response.cork();
    this.#write(`event: message\n${id === undefined ? "" : `id: ${id}\n`}data: `);
    this.#write(oneLine(message));
    this.#write(end);
    this.#response.uncork();
  }

  /** Lets a client resume from before the first message. */
  prime(id: string): void {
    this.#write(`id: ${id}\ndata: \n\n`);
  }

  /** An event that is no message. */
  announce(event: string, text: string): void {
    this.#write(`event: ${event}\ndata: ${text}\n\n`);
  }

  end(): void {
    clearInterval(this.#timer);
    if (this.isOpen) this.#response.end();
  }

  onClose(callback: () => void): void {
    this.#response.once("close", callback);
  }

  #write(bytes: Uint8Array | string): void {
    if (this.isOpen && !this.#response.write(bytes)) this.#flow.isFull(this.#response);
  }
}
