import { newEventId } from "../../audit/stamp.ts";
import type { JsonObject } from "../../core/json.ts";
import { parse, textOf } from "../../engine/read-message.ts";
import { a2aErrorData } from "../../protocols/a2a/error-data.ts";
import type { RestRoute } from "../../protocols/a2a/rest-route.ts";
import type { Binding, ClientBody } from "../exchange/binding.ts";
import type { Head } from "../exchange/upstream.ts";
import type { RouteSession } from "../route-session.ts";
import type { CardAnswer } from "./card-answer.ts";
import { opened, refusalIn, RestEnvelope } from "./rest-envelope.ts";
import { restError, restRefusal } from "./rest-error.ts";

/** One exchange of A2A's HTTP+JSON binding, as JSON-RPC for the engine. */
export class RestBinding implements Binding {
  readonly protocol = "a2a";
  readonly fetches: "GET" | undefined;
  readonly isWhole: boolean;
  readonly #envelope: RestEnvelope;
  readonly #card: CardAnswer | undefined;
  #isText = false;
  /** The status of the refusal that was last put in an answer's place. */
  #refused: number | undefined;

  /** `named` is what the request says beside its body. */
  constructor({ method }: RestRoute, named: JsonObject, card: CardAnswer | undefined) {
    // Streams of several exchanges must not be taken for one.
    this.#envelope = new RestEnvelope(newEventId(), method, named);
    this.#card = card;
    this.fetches = card === undefined ? undefined : "GET";
    this.isWhole = card !== undefined;
  }

  toRpcRequest(body: Buffer): Buffer {
    return this.#envelope.request(body);
  }

  fromRpcRequest(message: Uint8Array): Uint8Array {
    return opened(message, false);
  }

  toRpcAnswer(body: Buffer, status: number): Buffer {
    this.#isText = parse(textOf(body)) === undefined;
    return this.#envelope.answer(body, status);
  }

  fromRpcAnswer(message: Uint8Array): Uint8Array {
    const refusal = refusalIn(message);
    if (refusal === undefined) return opened(message, this.#isText);
    const { status, body } = restRefusal(refusal);
    this.#refused = status;
    return body;
  }

  refusal([answer = new Uint8Array()]: readonly Uint8Array[]): ReturnType<Binding["refusal"]> {
    const { status, body } = restRefusal(refusalIn(answer) ?? {});
    return { status, body, headers: { "content-type": "application/json" } };
  }

  async examine(body: Buffer, answered: number, session: RouteSession): Promise<ClientBody | undefined> {
    const no = await this.#card?.examine(body, answered, session);
    if (no === undefined) return undefined;
    const why = `mcpguard blocked this answer (rule ${no.rule}, event ${no.eventId}). ${no.because}`;
    const error = restError(403, why, a2aErrorData(no.rule, no.eventId, []));
    return { ...error, headers: { "content-type": "application/json" } };
  }

  forClient(body: Uint8Array, head: Head): ClientBody {
    const status = this.#refused;
    this.#refused = undefined;
    if (status !== undefined) return { status, body, event: "error", headers: { "content-type": "application/json" } };
    return this.#card?.forClient(body, head) ?? { body, headers: {} };
  }

  problem(status: number, why: string): Uint8Array {
    return restError(status, why, []).body;
  }
}
