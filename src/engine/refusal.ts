import type { JsonValue } from "../core/json.ts";
import type { Message } from "../core/message.ts";
import type { Protocol } from "../core/session.ts";
import type { Verdict } from "../core/verdict.ts";
import { a2aErrorData, type FieldViolation } from "../protocols/a2a/error-data.ts";
import { decode, spansOf } from "../protocols/json/spans.ts";

/** Outside −32768…−32000, which JSON-RPC and MCP reserve. */
export const REFUSED_CODE = -31_403;

const encoder = new TextEncoder();

/**
 * What stands in a refused message's place: the answer to a refused request, or the replacement of
 * a refused response. Undefined where nobody waits for one. Both SDKs reject unknown top-level
 * members, so there are none.
 */
export function refusal(
  message: Message,
  verdict: Verdict,
  { protocol, eventId, next }: Refusal,
): Uint8Array | undefined {
  const id = idText(message);
  if (id === undefined) return undefined;
  const text = explanation(message, verdict, eventId, next);
  const data = protocol === "a2a" ? a2aErrorData(ruleOf(verdict), eventId, violations(message, verdict)) : undefined;
  return encoder.encode(`{"jsonrpc":"2.0","id":${id},${data === undefined ? body(message, text) : error(text, data)}}`);
}

/** For whom a refusal is, of which event it speaks, and what it says to do next. */
export type Refusal = { protocol: Protocol; eventId: string; next: string };

function error(message: string, data?: JsonValue): string {
  return `"error":${JSON.stringify({ code: REFUSED_CODE, message, ...(data === undefined ? {} : { data }) })}`;
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
  return error(text);
}

/** Addresses that a caller may mend. */
function violations({ kind }: Message, { findings }: Verdict): FieldViolation[] {
  if (kind !== "request") return [];
  return findings
    .filter(({ action, finding }) => action !== "allow" && finding.detector === "dangerous-url")
    .map(({ finding: { at, because } }) => ({ at, because }));
}

/** Says what, why, which event and what to do; never what the attack said. */
function explanation(message: Message, verdict: Verdict, eventId: string, next: string): string {
  const what = message.kind === "response" ? "answer" : "request";
  return `mcpguard blocked this ${what} (rule ${ruleOf(verdict)}, event ${eventId}). ${verdict.because} ${next}`;
}

function ruleOf(verdict: Verdict): string {
  const strongest = verdict.findings.find(({ action }) => action === verdict.action)?.finding;
  return strongest === undefined ? "guard_error" : `${strongest.detector}/${strongest.rule}`;
}

/** The id exactly as it was written: 1.0 and 9007199254740993 must come back so. */
function idText(message: Message): string | undefined {
  if (message.id === undefined) return undefined;
  const root = spansOf(message.bytes);
  const member = root.members?.findLast(({ key }) => key === "id");
  return member === undefined ? undefined : decode(message.bytes, member.value.start, member.value.end);
}
