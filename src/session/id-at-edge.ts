/** How much of the beginning and of the end is searched. */
export const EDGE = 1024;
const ID = String.raw`"id"\s*:\s*(-?\d+|"(?:[^"\\]|\\.)*")`;
/** Only scalars stand before it, or nothing but the message's end behind it: it is no inner member. */
const atHead = new RegExp(String.raw`^\s*\{(?:\s*"(?:jsonrpc|method)"\s*:\s*"[^"\\]*"\s*,)*\s*${ID}`);
const atTail = new RegExp(String.raw`${ID}\s*\}\s*$`);

/** The id of a message that is too long to be parsed, as JSON text, from its first and last bytes. */
export function idAtEdge(head: Buffer, tail: Buffer = head): string | undefined {
  return (atHead.exec(head.toString("utf8", 0, EDGE)) ?? atTail.exec(tail.subarray(-EDGE).toString()))?.[1];
}
