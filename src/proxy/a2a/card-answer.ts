import type { IncomingHttpHeaders } from "node:http";
import { isObject, valueAt, type JsonValue } from "../../core/json.ts";
import type { Verdict } from "../../core/verdict.ts";
import { parse, textOf } from "../../engine/read-message.ts";
import { passed, type RecordedEvent } from "../../engine/outcome.ts";
import { decide } from "../../policy/decide.ts";
import type { ClientBody } from "../exchange/binding.ts";
import type { Head } from "../exchange/upstream.ts";
import type { RouteSession } from "../route-session.ts";
import type { AgentSide } from "./agent-side.ts";
import { cardEvent, signatureEvent } from "./card-events.ts";
import { interfaceFinding, signatureFindings, unreadable } from "./card-findings.ts";
import { conditional } from "./conditional.ts";
import { rewriteCard } from "./rewrite-card.ts";
import { signCard } from "./sign-card.ts";
import { verifyCard, type CardSignature } from "./verify-card.ts";

export type CardRequest = {
  method: string;
  /** Headers of the client's request. */
  asked: IncomingHttpHeaders;
  /** Under which the client knows the proxy. */
  origin: string;
  /** The request's address at the agent. */
  url: URL;
  /** True where the card is the result in a JSON-RPC message. */
  isAnswer: boolean;
};

/** Why a card does not go to the client. */
export type CardRefusal = { rule: string; eventId: string; because: string };

/** An answer that brings an agent's card: its signature is checked first, its addresses become the proxy's last. */
export class CardAnswer {
  readonly #agent: AgentSide;
  readonly #request: CardRequest;
  #session: RouteSession | undefined;

  constructor(agent: AgentSide, request: CardRequest) {
    this.#agent = agent;
    this.#request = request;
  }

  /** Checks the signature, and says so in the log. Undefined where the card may go on. */
  async examine(body: Buffer, status: number, session: RouteSession): Promise<CardRefusal | undefined> {
    this.#session = session;
    if (status !== 200) return undefined;
    const { isAnswer, method } = this.#request;
    const value = parse(textOf(body));
    const card: JsonValue | undefined = isAnswer ? valueAt(value, "result") : value;
    if (!isObject(card)) {
      if (isAnswer && value !== undefined) return undefined;
      const unread = cardEvent({ finding: unreadable, action: "block" }, method);
      this.#record(unread);
      return refusal(unread, unreadable.because);
    }
    const signature = await verifyCard(card, this.#agent.keys);
    const findings = signatureFindings(signature, this.#agent.keys.isGiven);
    const toolAt = (): undefined => undefined;
    const verdict = decide(session.guard.policy, findings, { server: session.facts.server, toolAt });
    const events = this.#eventsOf(verdict, signature);
    session.recorder.record({ ...passed(body), events });
    const [first] = events;
    return verdict.action === "allow" || first === undefined ? undefined : refusal(first, verdict.because);
  }

  /** The card for the client. Anything but a card stays as it is. */
  forClient(body: Uint8Array, { status, headers }: Head): ClientBody {
    if (status !== 200) return { body, headers: {} };
    const { asked, origin, url, isAnswer } = this.#request;
    const { interfaces, keepGrpc, mount } = this.#agent;
    const place = (address: string): ReturnType<typeof interfaces.place> => interfaces.place(address, url);
    const { bytes, dropped } = rewriteCard(body, isAnswer, { place, base: origin + mount, keepGrpc });
    for (const each of dropped) {
      if (this.#agent.isNews(`${each.url} ${each.reason}`))
        this.#record(cardEvent({ finding: interfaceFinding(each), action: "hide" }, this.#request.method));
    }
    const signer = this.#agent.signerFor(origin);
    const final = signer === undefined ? bytes : signCard(bytes, signer, isAnswer);
    if (isAnswer) return { body: final, headers: {} };
    const { status: known, headers: own } = conditional(final, asked, headers);
    return known === undefined ? { body: final, headers: own } : { status: known, body: Buffer.alloc(0), headers: own };
  }

  #eventsOf({ findings }: Verdict, signature: CardSignature): RecordedEvent[] {
    const { method } = this.#request;
    if (findings.length > 0) return findings.map((judged) => cardEvent(judged, method, signature));
    const what = `${method} ${signature.result} ${signature.kid}`;
    return this.#agent.isNews(what) ? [signatureEvent(signature, method)] : [];
  }

  #record(event: RecordedEvent): void {
    this.#session?.recorder.record({ ...passed(new Uint8Array()), events: [event] });
  }
}

function refusal({ id, draft }: RecordedEvent, because: string): CardRefusal {
  return { rule: `agent-card/${draft.rule}`, eventId: id, because };
}
