import type { JsonSpan } from "./spans.ts";
import type { Splice } from "./splice.ts";

/** Splices that take the items at `indexes` out of an array, one comma with each. */
export function removeItems(array: JsonSpan, indexes: ReadonlySet<number>): Splice[] {
  const items = array.items ?? [];
  const splices: Splice[] = [];
  let lastKept: JsonSpan | undefined;
  for (const [index, item] of items.entries()) {
    if (!indexes.has(index)) {
      lastKept = item;
      continue;
    }
    const next = items[index + 1];
    // Before the first kept item a removed one takes the comma behind it, later the one in front.
    if (lastKept !== undefined)
      splices.push({ start: items[index - 1]?.end ?? item.start, end: item.end, replacement: "" });
    else splices.push({ start: item.start, end: next?.start ?? item.end, replacement: "" });
  }
  return splices;
}
