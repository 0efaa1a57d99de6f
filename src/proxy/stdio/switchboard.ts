import { valueAt } from "../../core/json.ts";
import { defaultPolicy } from "../../core/policy.ts";
import type { RequestId } from "../../core/message.ts";
import { looseKey } from "../../engine/correlate.ts";
import type { Child } from "../../process/start-child.ts";
import { upstreamError } from "../exchange/upstream-error.ts";
import type { Call } from "./call.ts";
import { CallTable } from "./call-table.ts";
import { Flow } from "./flow.ts";
import { Greeting } from "./greeting.ts";
import type { Heading } from "./heading.ts";
import type { Limits } from "./limits.ts";
import { cancelNotice } from "./own-messages.ts";
import { oneLine } from "./one-line.ts";
import type { Peer } from "./peer.ts";
import { Questions } from "./questions.ts";
import { replaceAt } from "./replace-at.ts";
import { ServerReader } from "./server-reader.ts";

export type SwitchboardOptions = {
  /** Of the upstream. */
  name: string;
  child: Child;
  /** Its clients know nothing of each other's ids. */
  hasAliases: boolean;
  /** The process stays when a client leaves. */
  isCommon: boolean;
  limits: Limits;
  /** Milliseconds that the server may be silent about a call; 0 waits for ever. */
  patience: number;
};

const newline = Buffer.from("\n");

/** Connects the clients of one process: whose message goes in, and who gets what comes out. */
export class Switchboard {
  readonly options: SwitchboardOptions;
  readonly peers = new Set<Peer>();
  readonly calls: CallTable;
  readonly questions = new Questions();
  readonly greeting = new Greeting(this);
  readonly flow: Flow;
  /** Milliseconds since 1970. */
  lastUsed = Date.now();
  isEnded = false;

  constructor(options: SwitchboardOptions) {
    const { child, hasAliases, limits } = options;
    this.options = options;
    this.calls = new CallTable(hasAliases);
    this.flow = new Flow(child.stdout, { behind: hasAliases ? limits.behind : undefined, stalled: limits.stalled });
    const reader = new ServerReader(this);
    child.stdout.on("data", (chunk: Buffer) => reader.push(chunk));
    child.stdout.once("end", () => {
      reader.end();
      // Nothing can be answered any more.
      void this.end();
    });
    child.stdout.on("error", () => {});
    void child.ended.then(({ code, signal }) => this.#onEnd(signal ?? `exit code ${code}`));
  }

  /** False while the server reads too slowly to be sent more. */
  get isReceptive(): boolean {
    return this.options.child.stdin.writableLength < this.options.limits.unread;
  }

  /** Sends a request that passed the guard. */
  call(call: Call, request: Uint8Array): void {
    if (this.isEnded) return call.fail(`${this.options.name} has ended.`, 502);
    if (call.method === "initialize" && this.options.isCommon && !this.greeting.asks(call, request)) return;
    this.calls.add(call);
    this.#startClock(call);
    this.write(call.aliased(request));
  }

  /** Sends a notification that passed the guard. */
  notify(peer: Peer, notification: Uint8Array, { method, value }: Extract<Heading, { kind: "notification" }>): void {
    if (method === "notifications/initialized" && this.options.isCommon && !this.greeting.confirms()) return;
    if (method !== "notifications/cancelled") return this.write(notification);
    const id = valueAt(value, "params", "requestId");
    const call = this.calls.newest((each) => each.peer === peer && each.id === id);
    if (call === undefined && this.options.hasAliases) return;
    const alias = call?.alias;
    this.write(alias === undefined ? notification : replaceAt(notification, ["params", "requestId"], String(alias)));
    if (call !== undefined) setTimeout(() => this.#release(call), this.options.limits.afterCancel).unref();
  }

  /** Sends a client's answer that passed the guard, to the request that this client was asked. */
  respond(peer: Peer, response: Uint8Array, id: RequestId): void {
    const question = this.questions.take(looseKey(id), peer);
    if (!this.options.hasAliases) this.write(response);
    else if (question !== undefined) this.write(replaceAt(response, ["id"], question.idText));
  }

  /** Nobody wants the answer any more: the server is told so. */
  withdraw(call: Call, why: string): void {
    if (this.calls.has(call)) this.write(cancelNotice(call, why));
    this.#release(call);
  }

  /** A client leaves; a process that was its own ends. */
  async leave(peer: Peer): Promise<void> {
    this.peers.delete(peer);
    this.lastUsed = Date.now();
    const calls = this.calls.all().filter((call) => call.peer === peer);
    if (!this.options.isCommon) {
      for (const call of calls) this.#release(call);
      return this.end();
    }
    // What the server answers to this one is for all.
    for (const call of calls) if (call.method !== "initialize") this.withdraw(call, "The client ended its session");
    for (const answer of this.questions.forget(peer)) this.write(answer);
  }

  async end(): Promise<void> {
    await this.options.child.end();
  }

  /** Any one of the clients: what nobody gets is judged on its behalf. */
  anyPeer(): Peer | undefined {
    const [first] = this.peers;
    return first;
  }

  /** Bytes of a message that are inspected whole. */
  get maxInspectSize(): number {
    return (this.anyPeer()?.session.guard.policy ?? defaultPolicy).maxInspectSize;
  }

  write(message: Uint8Array): void {
    const { stdin } = this.options.child;
    if (!stdin.writable) return;
    this.lastUsed = Date.now();
    stdin.write(Buffer.concat([oneLine(message), newline]));
  }

  #release(call: Call): void {
    this.calls.remove(call, false);
    call.release();
  }

  #startClock(call: Call): void {
    const { limits, patience, name } = this.options;
    if (call.method === "subscriptions/listen") return;
    const isProbe = call.method === "server/discover";
    const wait = isProbe && (patience === 0 || patience > limits.discovery) ? limits.discovery : patience;
    if (wait === 0) return;
    call.timer = setTimeout(() => {
      if (!isProbe) call.peer.session.recorder.note(upstreamError(name, `was silent for ${wait} ms`, call.method));
      if (call.method !== "initialize") this.write(cancelNotice(call, "No answer in time"));
      this.calls.remove(call, false);
      call.fail(`${name} did not answer in time.`, 504);
    }, wait).unref();
  }

  #onEnd(how: string): void {
    this.isEnded = true;
    const { name } = this.options;
    const calls = [...this.calls.all(), ...this.greeting.waiting()];
    for (const peer of this.peers) {
      const waiting = calls.find((call) => call.peer === peer);
      peer.session.recorder.note(upstreamError(name, `ended (${how})`, waiting?.method));
    }
    for (const call of calls) call.fail(`${name} ended before it answered (${how}).`, 502);
    for (const peer of this.peers) peer.serverEnded();
  }
}
