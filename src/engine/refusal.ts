import type { Message } from "../core/message.ts";
import type { Verdict } from "../core/verdict.ts";
import { decode, spansOf } from "../protocols/json/spans.ts";

/** Outside −32768…−32000, which JSON-RPC and MCP reserve. */
export const REFUSED_CODE = -31_403;

const encoder = new TextEncoder();

/**
 * What stands in a refused message's place: the answer to a refused request, or the replacement of
 * a refused response. Undefined where nobody waits for one. Both SDKs reject unknown top-level
 * members, so there are none.
 */
export function refusal(message: Message, verdict: Verdict, eventId: string, next: string): Uint8Array | undefined {
  const id = idText(message);
  if (id === undefined) return undefined;
  const text = explanation(message, verdict, eventId, next);
  return encoder.encode(`{"jsonrpc":"2.0","id":${id},${body(message, text)}}`);
}

function body(message: Message, text: string): string {
  if (message.method === "tools/call" || (message.kind === "response" && message.method === "tasks/result")) {
    const result = {
      content: [{ type: "text", text }],
      isError: true,
      ...(message.modern ? { resultType: "complete" } : {}),
    };
    return `"result":${JSON.stringify(result)}`;
  }
  if (message.method === "elicitation/create" && message.kind === "request") return '"result":{"action":"decline"}';
  return `"error":${JSON.stringify({ code: REFUSED_CODE, message: text })}`;
}

/** Says what, why, which event and what to do; never what the attack said. */
function explanation(message: Message, verdict: Verdict, eventId: string, next: string): string {
  const strongest = verdict.findings.find(({ action }) => action === verdict.action)?.finding;
  const rule = strongest === undefined ? "guard_error" : `${strongest.detector}/${strongest.rule}`;
  const what = message.kind === "response" ? "answer" : "request";
  return `mcpguard blocked this ${what} (rule ${rule}, event ${eventId}). ${verdict.because} ${next}`;
}

/** The id exactly as it was written: 1.0 and 9007199254740993 must come back so. */
function idText(message: Message): string | undefined {
  if (message.id === undefined) return undefined;
  const root = spansOf(message.bytes);
  const member = root.members?.findLast(({ key }) => key === "id");
  return member === undefined ? undefined : decode(message.bytes, member.value.start, member.value.end);
}
