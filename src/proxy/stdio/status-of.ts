import { valueAt, type JsonValue } from "../../core/json.ts";
import { parse, textOf } from "../../engine/read-message.ts";
import { lacksEnvelope } from "./modern.ts";

/** HTTP says some errors twice. https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http */
const statuses: Readonly<Record<number, number>> = {
  [-32_601]: 404,
  [-32_020]: 400,
  [-32_021]: 400,
  [-32_022]: 400,
};

/** Longer answers are results. */
const LONGEST = 64 * 1024;

const INVALID_PARAMS = -32_602;

/** The status of an answer since 2026-07-28, to a request with these `params`. */
export function statusOf(answer: Uint8Array, params: JsonValue | undefined): number {
  if (answer.length > LONGEST) return 200;
  const code = valueAt(parse(textOf(answer)), "error", "code");
  if (typeof code !== "number") return 200;
  return code === INVALID_PARAMS && lacksEnvelope(params) ? 400 : (statuses[code] ?? 200);
}
