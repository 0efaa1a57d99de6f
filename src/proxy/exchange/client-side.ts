import type { OutgoingHttpHeaders, ServerResponse } from "node:http";
import type { Flow } from "./upstream.ts";

/** The client's end of an exchange: what is written to it holds the upstream back while it is slow. */
export class ClientSide {
  readonly #response: ServerResponse;
  flow: Flow | undefined;

  constructor(response: ServerResponse) {
    this.#response = response;
    response.on("drain", () => this.flow?.resume());
    response.on("error", () => {});
  }

  get isGone(): boolean {
    return this.#response.destroyed || this.#response.writableEnded;
  }

  get hasBegun(): boolean {
    return this.#response.headersSent;
  }

  /** The upstream's reason phrase stays behind: clients show it, and nobody has looked at it. */
  begin(status: number, headers: OutgoingHttpHeaders): void {
    if (!this.isGone && !this.hasBegun) this.#response.writeHead(status, headers);
  }

  /** Sends the head at once, for bodies that may begin later. */
  flushHead(): void {
    if (!this.isGone) this.#response.flushHeaders();
  }

  write(bytes: Uint8Array): void {
    if (!this.isGone && !this.#response.write(bytes)) this.flow?.pause();
  }

  end(bytes?: Uint8Array): void {
    if (this.isGone) return;
    if (bytes === undefined) this.#response.end();
    else this.#response.end(bytes);
  }

  /** What was promised cannot be delivered: the client must not take the rest for whole. */
  breakOff(): void {
    this.#response.destroy();
  }
}

/** A whole answer of JSON. */
export function send(client: ClientSide, status: number, body: Uint8Array, headers: OutgoingHttpHeaders = {}): void {
  client.begin(status, { "content-type": "application/json", "content-length": body.length, ...headers });
  client.end(body);
}
