import { holdsRpc } from "./read-request.ts";
import { parse, textOf } from "../../engine/read-message.ts";
import type { ClientBody } from "./binding.ts";
import { send } from "./client-side.ts";
import { ArrivingBody } from "./arriving-body.ts";
import { CodingError, decoded, isPlain } from "./content-coding.ts";
import { REFUSED_CODE } from "../../engine/refusal.ts";
import type { Outcome } from "../../engine/outcome.ts";
import { judged, type Exchange } from "./exchange.ts";
import { responseHeaders } from "./headers.ts";
import { mayBeText } from "./kind-of-answer.ts";
import { errorsFor, INTERNAL_ERROR, joined, requestIds } from "./rpc-error.ts";
import type { Head, Sink } from "./upstream.ts";
import { windowSink } from "./window-sink.ts";

/** Takes in a whole body, lets the guard look, and answers the client. */
export class MessageSink implements Sink {
  readonly #exchange: Exchange;
  readonly #head: Head;
  readonly #onDeath: (error: Error) => void;
  readonly #body = new ArrivingBody();
  /** Takes over where the body is too large to be held. */
  #windows: Sink | undefined;

  constructor(exchange: Exchange, head: Head, onDeath: (error: Error) => void) {
    this.#exchange = exchange;
    this.#head = head;
    this.#onDeath = onDeath;
  }

  onChunk(chunk: Buffer): void {
    if (this.#windows !== undefined) return this.#windows.onChunk(chunk);
    this.#body.push(chunk);
    if (this.#body.length <= this.#limit) return;
    if (this.#exchange.binding.isWhole === true) return this.#refuse(new CodingError("it is too large"));
    if (!isPlain(this.#coding)) return this.#refuse(new CodingError("it is larger than max_inspect_size"));
    this.#windows = windowSink(this.#exchange, this.#head);
    for (const kept of this.#body.release()) this.#windows.onChunk(kept);
  }

  onEnd(): void {
    if (this.#windows !== undefined) return this.#windows.onEnd();
    this.#answer(this.#body.whole());
  }

  onFailure(error: Error): void {
    if (this.#windows !== undefined) return this.#windows.onFailure(error);
    this.#onDeath(error);
  }

  get #limit(): number {
    return this.#exchange.session.guard.policy.maxInspectSize;
  }

  get #coding(): string | undefined {
    return this.#head.headers["content-encoding"];
  }

  #answer(raw: Buffer): void {
    if (isPlain(this.#coding)) return this.#examine(raw, raw);
    decoded(raw, this.#coding, this.#limit)
      .then((body) => this.#examine(raw, body))
      .catch((error: unknown) => this.#refuse(error));
  }

  #examine(raw: Buffer, body: Buffer): void {
    const { binding, session } = this.#exchange;
    if (isWide(body)) return this.#refuse(new CodingError("it is not UTF-8"));
    if (binding.examine === undefined) return this.#judge(raw, body);
    binding
      .examine(body, this.#head.status, session)
      .then((instead) => (instead === undefined ? this.#judge(raw, body) : this.#sendFinal(instead)))
      .catch((error: unknown) => this.#refuse(error));
  }

  #judge(raw: Buffer, body: Buffer): void {
    const { session, binding, pending, refusals, answerServer } = this.#exchange;
    const { status } = this.#head;
    if (!this.#isForGuard(body) && !this.#wasAskedFor(body)) return this.#send(raw, raw);
    const message = binding.toRpcAnswer(body, status);
    this.#exchange.onMessage(message);
    // The gate has seen the raw bytes.
    const textMatters = message === raw ? this.#body.textMatters : undefined;
    const { outcome } = judged(this.#exchange, () => session.judge("to-client", message, pending, textMatters));
    for (const answer of outcome.answers) answerServer(answer);
    if (outcome.forward === message && refusals.length === 0) return this.#send(raw, body);
    const rest =
      outcome.forward === undefined || body.length === 0 ? undefined : binding.fromRpcAnswer(outcome.forward);
    if (refusals.length > 0) this.#sendOwn(withRefusals(rest, refusals));
    else if (rest === undefined) this.#sendRefusal(outcome);
    else this.#sendChanged(rest);
  }

  /** An answer to a message may be shown to the model, or be read as one, whatever it is. */
  #isForGuard(body: Buffer): boolean {
    const { isMessage, refusals, session } = this.#exchange;
    const type = this.#head.headers["content-type"];
    const isShown = mayBeText(type) || this.#head.status >= 300;
    if ((isMessage && isShown) || refusals.length > 0) return true;
    const value = parse(textOf(body));
    if (isMessage ? value !== undefined : holdsRpc(value)) return true;
    if (isMessage && type !== undefined) session.passedUnread(type);
    return false;
  }

  /** The answer itself may show what was asked for. */
  #wasAskedFor(body: Buffer): boolean {
    const { binding, session, pending } = this.#exchange;
    const asked = binding.askedFor?.(parse(textOf(body)));
    return asked !== undefined && session.judge("to-server", asked, pending).outcome.forward !== undefined;
  }

  #sendChanged(body: Uint8Array): void {
    this.#sendFinal(this.#exchange.binding.forClient?.(body, this.#head) ?? { body, headers: {} });
  }

  #sendFinal(final: ClientBody): void {
    const { client } = this.#exchange;
    const { status, headers } = this.#head;
    const kept = { ...responseHeaders(headers, true), ...final.headers };
    const length = final.status === 304 ? {} : { "content-length": final.body.length };
    client.begin(final.status ?? status, { ...kept, ...length });
    client.end(final.body);
  }

  /** What was refused of a batch is answered, whatever became of the rest. */
  #sendOwn(body: Uint8Array): void {
    const { client } = this.#exchange;
    const own = { "content-type": "application/json", "content-length": body.length };
    client.begin(200, { ...responseHeaders(this.#head.headers, true), ...own });
    client.end(body);
  }

  /** What was refused as a whole had no id; whoever waits for an answer must not wait in vain. */
  #sendRefusal({ verdict, events }: Outcome): void {
    const { client, sent, pending, binding } = this.#exchange;
    if (pending === undefined || binding.problem !== undefined || requestIds(sent).length === 0)
      return this.#sendNothing();
    const why = `mcpguard blocked this answer (event ${events[0]?.id ?? ""}). ${verdict.because}`;
    send(client, 200, errorsFor(sent, REFUSED_CODE, why));
  }

  #sendNothing(): void {
    const { client } = this.#exchange;
    client.begin(202, { ...responseHeaders(this.#head.headers, true), "content-length": 0 });
    client.end();
  }

  /** `raw` as it came, unless a last change is due. */
  #send(raw: Buffer, body: Buffer): void {
    const { client, binding } = this.#exchange;
    const { status, headers } = this.#head;
    const final = binding.forClient?.(body, this.#head);
    if (final !== undefined && (final.body !== body || Object.keys(final.headers).length > 0))
      return this.#sendFinal(final);
    client.begin(status, { ...responseHeaders(headers, false), "content-length": raw.length });
    client.end(raw);
  }

  #refuse(error: unknown): void {
    const why = error instanceof CodingError ? error.message : "the answer cannot be read";
    const { client, sent, binding } = this.#exchange;
    this.#body.release();
    client.flow?.abort();
    const message = `mcpguard could not inspect the server's answer: ${why}.`;
    const body = binding.problem?.(502, message) ?? errorsFor(sent, INTERNAL_ERROR, message);
    client.begin(502, { "content-type": "application/json", "content-length": body.length });
    client.end(body);
  }
}

/** UTF-16 or UTF-32: some readers of JSON guess them (RFC 4627, 3). */
function isWide(body: Buffer): boolean {
  const mark = body.length > 1 ? body.readUInt16BE(0) : 0;
  return mark === 0xfeff || mark === 0xfffe || body.subarray(0, 4).includes(0);
}

/** What the upstream answered to the rest of a batch, and what was refused of it. */
function withRefusals(answer: Uint8Array | undefined, refusals: readonly Uint8Array[]): Buffer {
  if (answer === undefined) return joined(refusals);
  const text = Buffer.from(answer.buffer, answer.byteOffset, answer.byteLength).toString().trim();
  if (!text.startsWith("[")) return joined([answer, ...refusals]);
  const inner = text.slice(1, -1).trim();
  return joined(inner === "" ? refusals : [Buffer.from(inner), ...refusals]);
}
