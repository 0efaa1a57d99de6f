import type { OutgoingHttpHeaders, ServerResponse } from "node:http";
import { joined } from "../exchange/rpc-error.ts";
import type { Call, CallSink } from "./call.ts";
import { oneLine } from "./one-line.ts";
import { replyJson } from "./reply.ts";

/** Where messages go one by one. */
export type MessageStream = {
  /** True while the client listens. */
  readonly isOpen: boolean;
  send(message: Uint8Array): void;
  end(): void;
};

export type PostOptions = {
  response: ServerResponse;
  /** Answers to a batch are a batch. */
  isBatch: boolean;
  /** Milliseconds of silence after which the client is shown that its request is alive. */
  keepAlive: number;
  headers(): OutgoingHttpHeaders;
  /** Before the answer is sent. */
  onAnswer(call: Call, message: Uint8Array): void;
  openStream(response: ServerResponse): MessageStream;
  /** The HTTP status of an answer that comes alone. */
  statusOf(answer: Uint8Array): number;
  /** The client went away before all was answered. */
  onGone(): void;
  /** Nothing more is to be answered; `isDelivered` where the client got it all. */
  onDone(isDelivered: boolean): void;
};

/**
 * A POST with requests in it. Where the answer is the first thing that comes it is answered with JSON,
 * else with a stream.
 */
export class Post implements CallSink {
  readonly #options: PostOptions;
  readonly #open = new Set<Call>();
  readonly #answers: Uint8Array[] = [];
  readonly #silence: NodeJS.Timeout;
  #status: number | undefined;
  readonly #extraHeaders: OutgoingHttpHeaders = {};
  #stream: MessageStream | undefined;
  #isGone = false;

  constructor(options: PostOptions) {
    this.#options = options;
    const { response, keepAlive, onGone } = options;
    this.#silence = setTimeout(() => this.#streaming(), keepAlive).unref();
    this.#isGone = response.destroyed;
    response.once("close", () => {
      clearTimeout(this.#silence);
      this.#isGone = !response.writableFinished;
      if (this.#isGone) onGone();
    });
  }

  get isLive(): boolean {
    return this.#stream?.isOpen ?? !this.#isGone;
  }

  /** Before any call is answered, all that the request holds must be opened. */
  open(call: Call): void {
    this.#open.add(call);
  }

  get openCalls(): readonly Call[] {
    return [...this.#open];
  }

  /** Headers, and a status, for an answer that comes alone. */
  dress(headers: OutgoingHttpHeaders, status?: number): void {
    if (this.#options.isBatch) return;
    Object.assign(this.#extraHeaders, headers);
    this.#status ??= status;
  }

  relate(_call: Call, message: Uint8Array): void {
    this.send(message);
  }

  /** A message of the server that belongs to no particular call of the request. */
  send(message: Uint8Array): void {
    this.#streaming()?.send(message);
  }

  answer(call: Call, message: Uint8Array, status?: number): void {
    this.#open.delete(call);
    this.#status ??= status;
    this.#options.onAnswer(call, message);
    if (this.#stream === undefined) this.#answers.push(message);
    else this.#stream.send(message);
    this.#finish();
  }

  release(call: Call): void {
    this.#open.delete(call);
    this.#finish();
  }

  #streaming(): MessageStream | undefined {
    if (this.#stream !== undefined || this.#isGone || this.#open.size === 0) return this.#stream;
    clearTimeout(this.#silence);
    this.#stream = this.#options.openStream(this.#options.response);
    for (const answer of this.#answers.splice(0)) this.#stream.send(answer);
    return this.#stream;
  }

  #finish(): void {
    if (this.#open.size > 0) return;
    clearTimeout(this.#silence);
    const wasLive = this.isLive;
    if (this.#stream !== undefined) this.#stream.end();
    else if (!this.#isGone) this.#reply();
    this.#options.onDone(wasLive);
  }

  #reply(): void {
    const { response, isBatch, headers, statusOf } = this.#options;
    const [only] = this.#answers;
    if (only === undefined) return this.#replyNothing();
    const body = isBatch ? joined(this.#answers.map(oneLine)) : oneLine(only);
    const status = this.#status ?? (isBatch ? 200 : statusOf(only));
    replyJson(response, status, body, { ...headers(), ...this.#extraHeaders });
  }

  /** All was cancelled: an empty stream is the one answer that says nothing, nor that there is more to come. */
  #replyNothing(): void {
    const { response, headers } = this.#options;
    response.writeHead(200, { "content-type": "text/event-stream", ...headers() }).end();
  }
}
