import type { Baseline } from "../core/memory.ts";
import type { Finding } from "../core/finding.ts";
import type { Message } from "../core/message.ts";
import type { Verdict } from "../core/verdict.ts";
import { locate, type Place } from "../protocols/json/locate.ts";
import { removeItems } from "../protocols/json/remove-items.ts";
import { spansOf, type JsonSpan } from "../protocols/json/spans.ts";
import { splice, type Splice } from "../protocols/json/splice.ts";
import { stringRange } from "../protocols/json/string-range.ts";
import { itemPointer } from "./adapt.ts";

/** The message's bytes with hidden items taken out and redacted places replaced; all other bytes as they came. */
export function rewrite(message: Message, verdict: Verdict, baseline: Baseline): Uint8Array {
  const root = spansOf(message.bytes);
  const splices: Splice[] = [];
  const hidden = new Set<string>();
  const places = new Map<string, Place[]>();
  for (const { finding, action } of verdict.findings) {
    const item = action === "hide" || action === "hold" ? itemPointer(message, finding.at) : undefined;
    if (item !== undefined) hidden.add(item);
    else if (action === "redact") splices.push(...redactions(message, placesAt(places, root, finding.at), finding));
    else if (action === "hold") splices.push(...replaced(root, finding.at, knownInstructions(baseline)));
  }
  splices.push(...removals(root, hidden));
  return splice(message.bytes, splices);
}

function placesAt(known: Map<string, Place[]>, root: JsonSpan, at: string): Place[] {
  const places = known.get(at) ?? locate(root, at);
  known.set(at, places);
  return places;
}

function redactions(message: Message, places: readonly Place[], finding: Finding): Splice[] {
  const splices: Splice[] = [];
  for (const place of places) {
    const literal = finding.isKey === true ? keySpan(place) : place.span;
    if (literal === undefined) continue;
    const placeholder = JSON.stringify(finding.placeholder ?? `‹removed by mcpguard: ${finding.detector}›`);
    const isString = message.bytes[literal.start] === 0x22;
    if (!isString || finding.span === undefined)
      splices.push({ start: literal.start, end: literal.end, replacement: placeholder });
    else
      splices.push({
        ...stringRange(message.bytes, literal, finding.span.start, finding.span.end),
        replacement: placeholder.slice(1, -1),
      });
  }
  return splices;
}

function keySpan({ member }: Place): JsonSpan | undefined {
  return member === undefined
    ? undefined
    : { start: member.keyStart, end: member.keyEnd, members: undefined, items: undefined };
}

/** What was pinned, except where it was shown without its invisible characters. */
function knownInstructions({ pinned }: Baseline): string {
  const form = pinned.get("instructions:instructions") ?? '""';
  return /\p{C}|\\u/u.test(form) ? '""' : form;
}

function replaced(root: JsonSpan, at: string, replacement: string): Splice[] {
  return locate(root, at).map(({ span }) => ({ start: span.start, end: span.end, replacement }));
}

function removals(root: JsonSpan, pointers: ReadonlySet<string>): Splice[] {
  const byList = new Map<JsonSpan, Set<number>>();
  for (const pointer of pointers) {
    const cut = pointer.lastIndexOf("/");
    for (const { span } of locate(root, pointer.slice(0, cut))) {
      byList.set(span, (byList.get(span) ?? new Set()).add(Number(pointer.slice(cut + 1))));
    }
  }
  return [...byList].flatMap(([list, indexes]) => removeItems(list, indexes));
}
