import { INTERNAL_ERROR, rpcError } from "../exchange/rpc-error.ts";
import type { Call } from "./call.ts";
import { judgeMember } from "./judge-member.ts";
import { replaceAt } from "./replace-at.ts";
import type { Switchboard } from "./switchboard.ts";

type Waiting = { call: Call; request: Uint8Array };

/** A shared process is initialized once: later sessions get what it answered to the first. */
export class Greeting {
  readonly #board: Switchboard;
  #asking: Call | undefined;
  #waiting: Waiting[] = [];
  #answer: Uint8Array | undefined;
  #isConfirmed = false;

  constructor(board: Switchboard) {
    this.#board = board;
  }

  waiting(): Call[] {
    return this.#waiting.map(({ call }) => call);
  }

  /** True where the request has to go to the server; else its answer is known or on the way. */
  asks(call: Call, request: Uint8Array): boolean {
    if (this.#answer !== undefined) {
      this.#repeat(call, this.#answer);
      return false;
    }
    if (this.#asking === undefined) {
      this.#asking = call;
      return true;
    }
    this.#waiting.push({ call, request });
    return false;
  }

  /** What the server answered to the first that asked. */
  learn(call: Call, answer: Uint8Array, isWelcome: boolean): void {
    if (call !== this.#asking) return;
    this.#asking = undefined;
    const waiting = this.#waiting.splice(0);
    // A copy: what comes in is part of a larger chunk, which would be kept with it.
    if (isWelcome) this.#answer = Buffer.from(answer);
    for (const { call: other, request } of waiting) this.#board.call(other, request);
  }

  /** True for the first session that says it is ready. */
  confirms(): boolean {
    const isFirst = !this.#isConfirmed;
    this.#isConfirmed = true;
    return isFirst;
  }

  #repeat(call: Call, answer: Uint8Array): void {
    const bytes = replaceAt(answer, ["id"], call.idText);
    judgeMember(call.peer.session, "to-client", { bytes, opensBatch: false }, call.pending, ({ forward }) => {
      call.answer(forward ?? rpcError(call.idText, INTERNAL_ERROR, "mcpguard could not pass the server's answer on."));
    });
  }
}
