import { INTERNAL_ERROR, rpcError } from "../exchange/rpc-error.ts";
import type { Peer } from "./peer.ts";

/** `idText` is the request's id as the server wrote it. */
export type Question = { peer: Peer; idText: string };

const MAX_OPEN = 10_000;

/** Requests of a server, and whom they were put to. */
export class Questions {
  readonly #open = new Map<string, Question>();

  ask(key: string, question: Question): void {
    if (this.#open.size >= MAX_OPEN) this.#open.delete([...this.#open.keys()][0] ?? "");
    this.#open.set(key, question);
  }

  askedOf(key: string): Peer | undefined {
    return this.#open.get(key)?.peer;
  }

  /** The question that `peer` answers, or that is no longer put to it; nobody else's. */
  take(key: string, peer: Peer): Question | undefined {
    const question = this.#open.get(key);
    if (question?.peer !== peer) return undefined;
    this.#open.delete(key);
    return question;
  }

  /** Answers to the server in place of a client that is gone. */
  forget(peer: Peer): Buffer[] {
    const answers: Buffer[] = [];
    for (const [key, question] of this.#open) {
      if (question.peer !== peer) continue;
      this.#open.delete(key);
      answers.push(rpcError(question.idText, INTERNAL_ERROR, "The client is gone."));
    }
    return answers;
  }
}
