import { randomUUID } from "node:crypto";
import type { PinKind } from "../../core/memory.ts";
import { listChangedNotice } from "../../session/list-changed.ts";
import type { RouteSession } from "../route-session.ts";
import type { Call, CallSink } from "./call.ts";
import { callsOf, deliverCall, deliverOther } from "./deliver.ts";
import type { EventStream } from "./event-stream.ts";
import type { Flow } from "./flow.ts";
import type { Member } from "./members.ts";
import type { Peer } from "./peer.ts";
import type { Switchboard } from "./switchboard.ts";

export type SseSessionOptions = { session: RouteSession; board: Switchboard; onEnd(): void };

/** A session of HTTP+SSE (2024-11-05): all that the server says goes to one stream, and with it the session ends. */
export class SseSession implements Peer, CallSink {
  readonly id = randomUUID();
  readonly session: RouteSession;
  readonly takesRequests = true;
  readonly held: Peer["held"] = new Map();
  readonly #options: SseSessionOptions;
  #stream: EventStream | undefined;
  #isEnded = false;

  constructor(options: SseSessionOptions) {
    this.#options = options;
    this.session = options.session;
    options.board.peers.add(this);
    this.session.listeners.add(this.#listChanged);
  }

  get isLive(): boolean {
    return this.#stream?.isOpen ?? false;
  }

  get isReceptive(): boolean {
    return this.#options.board.isReceptive;
  }

  get flow(): Flow {
    return this.#options.board.flow;
  }

  /** `address` is where the client posts to. */
  begin(stream: EventStream, address: string): void {
    this.#stream = stream;
    stream.announce("endpoint", address);
    stream.onClose(() => void this.end());
  }

  post(members: readonly Member[]): void {
    const { board } = this.#options;
    const calls = callsOf(this, this, members, false);
    for (const member of members) {
      const outgoing = calls.find((each) => each.member === member);
      if (outgoing === undefined) deliverOther(board, this, member);
      else deliverCall(board, outgoing);
    }
  }

  receive(message: Uint8Array): void {
    this.#stream?.send(message);
  }

  relate(_call: Call, message: Uint8Array): void {
    this.#stream?.send(message);
  }

  answer(_call: Call, message: Uint8Array): void {
    this.#stream?.send(message);
  }

  release(): void {}

  serverEnded(): void {
    this.#close();
  }

  /** Resolves when the process has ended, where it was this session's own. */
  async end(): Promise<void> {
    if (this.#isEnded) return;
    this.#close();
    await this.#options.board.leave(this);
  }

  #close(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.session.listeners.delete(this.#listChanged);
    this.#stream?.end();
    this.#options.onEnd();
  }

  readonly #listChanged = (kind: PinKind): void => {
    const notice = listChangedNotice(kind, undefined);
    if (notice !== undefined && this.session.guard.memory.initialized) this.#stream?.send(notice);
  };
}
