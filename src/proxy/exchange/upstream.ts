import type { IncomingHttpHeaders } from "node:http";
import { Pool, type Dispatcher } from "undici";

export type UpstreamRequest = {
  method: string;
  /** Exactly as it goes on the wire. */
  path: string;
  /** Names and values in turn. */
  headers: string[];
  /** None where it is empty. */
  body: Uint8Array;
};

export type Head = { status: number; headers: IncomingHttpHeaders };

/** Holds back the upstream while the client is slow, or gives up on it. */
export type Flow = { pause(): void; resume(): void; abort(): void };

/** Takes in the body of an answer. */
export type Sink = {
  onChunk(chunk: Buffer): void;
  onEnd(): void;
  /** The upstream died on the way. */
  onFailure(error: Error): void;
};

/** Takes in what nobody wants. */
export const nothing: Sink = { onChunk: () => {}, onEnd: () => {}, onFailure: () => {} };

export type Receiver = {
  /** Says who takes in the body. */
  onHead(head: Head, flow: Flow): Sink;
  /** No answer came. */
  onFailure(error: Error): void;
};

const CONNECT_TIMEOUT = 10_000;
const PROBE_TIMEOUT = 2000;

/** One HTTP server behind the proxy, and the connections to it. */
export class Upstream {
  readonly target: URL;
  /** Whatever it said. */
  hasAnswered = false;
  readonly #pool: Pool;

  /** `timeout` in milliseconds until an answer begins; 0 waits for ever. Event streams may be silent for hours. */
  constructor(target: URL, timeout: number) {
    this.target = target;
    this.#pool = new Pool(target.origin, {
      connections: null,
      headersTimeout: timeout,
      bodyTimeout: 0,
      connect: { timeout: CONNECT_TIMEOUT },
    });
  }

  /** Sends a request; the result gives up on it. */
  call({ method, path, headers, body }: UpstreamRequest, receiver: Receiver): () => void {
    const call = new Call(receiver, () => (this.hasAnswered = true));
    // undici checks what it is given, and throws on what cannot be sent.
    try {
      this.#pool.dispatch({ method, path, headers, body: body.length === 0 ? null : body }, call);
    } catch (error) {
      receiver.onFailure(error instanceof Error ? error : new Error(String(error)));
    }
    return () => call.abort();
  }

  /** Asks for the head of the target, for at most two seconds, whether it answers; any answer counts. */
  probe(): Promise<boolean> {
    const { pathname, search } = this.target;
    return new Promise((resolve) => {
      const giveUp = this.call(
        { method: "HEAD", path: pathname + search, headers: [], body: new Uint8Array() },
        {
          onHead: () => {
            resolve(true);
            return { onChunk: () => {}, onEnd: () => {}, onFailure: () => {} };
          },
          onFailure: () => resolve(false),
        },
      );
      setTimeout(() => {
        giveUp();
        resolve(false);
      }, PROBE_TIMEOUT).unref();
    });
  }

  close(): Promise<void> {
    return this.#pool.destroy();
  }
}

class GaveUp extends Error {}

class Call implements Dispatcher.DispatchHandler {
  readonly #receiver: Receiver;
  readonly #onAnswer: () => void;
  #controller: Dispatcher.DispatchController | undefined;
  #sink: Sink | undefined;
  #gaveUp = false;

  constructor(receiver: Receiver, onAnswer: () => void) {
    this.#receiver = receiver;
    this.#onAnswer = onAnswer;
  }

  abort(): void {
    this.#gaveUp = true;
    this.#controller?.abort(new GaveUp());
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#gaveUp) controller.abort(new GaveUp());
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    if (status < 200) return;
    this.#onAnswer();
    joinSingles(headers);
    this.#sink = this.#receiver.onHead(
      { status, headers },
      {
        pause: () => controller.pause(),
        resume: () => controller.resume(),
        abort: () => this.abort(),
      },
    );
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (!this.#gaveUp) this.#sink?.onChunk(chunk);
  }

  onResponseEnd(): void {
    if (!this.#gaveUp) this.#sink?.onEnd();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (this.#gaveUp) return;
    if (this.#sink === undefined) this.#receiver.onFailure(error);
    else this.#sink.onFailure(error);
  }
}

/** Headers that decide how the body is read. undici gives a list where a server sends several. */
const singles = ["content-type", "content-encoding", "content-length", "location"];

function joinSingles(headers: IncomingHttpHeaders): void {
  for (const name of singles) {
    const value: unknown = headers[name];
    if (Array.isArray(value)) headers[name] = value.join(", ");
  }
}
