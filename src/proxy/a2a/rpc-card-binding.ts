import { REFUSED_CODE } from "../../engine/refusal.ts";
import { a2aErrorData } from "../../protocols/a2a/error-data.ts";
import { jsonRpcBinding, type Binding } from "../exchange/binding.ts";
import { requestIds } from "../exchange/rpc-error.ts";
import type { CardAnswer } from "./card-answer.ts";

/** A2A's JSON-RPC where a request asks for a card. */
export function rpcCardBinding(card: CardAnswer): Binding {
  return {
    ...jsonRpcBinding("a2a"),
    isWhole: true,
    examine: async (body, status, session) => {
      const no = await card.examine(body, status, session);
      if (no === undefined) return undefined;
      const message = `mcpguard blocked this answer (rule ${no.rule}, event ${no.eventId}). ${no.because}`;
      const error = { code: REFUSED_CODE, message, data: a2aErrorData(no.rule, no.eventId, []) };
      const [id = "null"] = requestIds(body);
      const answer = Buffer.from(`{"jsonrpc":"2.0","id":${id},"error":${JSON.stringify(error)}}`);
      return { status: 200, body: answer, headers: { "content-type": "application/json" } };
    },
    forClient: (body, head) => card.forClient(body, head),
  };
}
