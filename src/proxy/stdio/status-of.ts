import { valueAt } from "../../core/json.ts";
import { parse, textOf } from "../../engine/read-message.ts";

/** HTTP says some errors twice. https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http */
const statuses: Readonly<Record<number, number>> = {
  [-32_601]: 404,
  [-32_020]: 400,
  [-32_021]: 400,
  [-32_022]: 400,
};

/** Longer answers are results. */
const LONGEST = 64 * 1024;

/** The status of an answer since 2026-07-28. */
export function statusOf(answer: Uint8Array): number {
  if (answer.length > LONGEST) return 200;
  const code = valueAt(parse(textOf(answer)), "error", "code");
  return (typeof code === "number" ? statuses[code] : undefined) ?? 200;
}
