import type { Baseline } from "../core/memory.ts";
import type { Finding } from "../core/finding.ts";
import type { Message } from "../core/message.ts";
import type { Verdict } from "../core/verdict.ts";
import { locate, type Place } from "../protocols/json/locate.ts";
import { removeItems } from "../protocols/json/remove-items.ts";
import { spansOf, type JsonSpan } from "../protocols/json/spans.ts";
import { splice, type Splice } from "../protocols/json/splice.ts";
import { stringRanges } from "../protocols/json/string-ranges.ts";
import { itemPointer } from "./adapt.ts";
import { cardStandIn } from "./card-stand-in.ts";

const QUOTE = 0x22;

/** The message's bytes with hidden items taken out and redacted places replaced; all other bytes as they came. */
export function rewrite(message: Message, verdict: Verdict, baseline: Baseline): Uint8Array {
  const root = spansOf(message.bytes);
  const standIn = verdict.action === "hold" ? cardStandIn(baseline, message) : undefined;
  if (standIn !== undefined) return splice(message.bytes, replaced(root, standIn.at, standIn.form));
  const splices: Splice[] = [];
  const hidden = new Set<string>();
  const redacted = new Map<string, Finding[]>();
  for (const { finding, action } of verdict.findings) {
    const item = action === "hide" || action === "hold" ? itemPointer(message, finding.at) : undefined;
    if (item !== undefined) hidden.add(item);
    else if (action === "redact") add(redacted, finding.at, finding);
    else if (action === "hold") splices.push(...replaced(root, finding.at, knownInstructions(baseline)));
  }
  for (const [at, findings] of redacted) {
    for (const place of locate(root, at)) splices.push(...redactions(message.bytes, place, findings));
  }
  splices.push(...removals(root, hidden));
  return splice(message.bytes, splices);
}

/** What was found at a place, in its name or its value. */
function redactions(bytes: Uint8Array, { span, member }: Place, findings: readonly Finding[]): Splice[] {
  const inKey = findings.filter(({ isKey }) => isKey === true);
  const inValue = findings.filter(({ isKey }) => isKey !== true);
  const ofKey =
    member === undefined
      ? []
      : literalRedactions(bytes, { ...noChildren, start: member.keyStart, end: member.keyEnd }, inKey);
  return [...ofKey, ...literalRedactions(bytes, span, inValue)];
}

const noChildren = { members: undefined, items: undefined };

function literalRedactions(bytes: Uint8Array, literal: JsonSpan, findings: readonly Finding[]): Splice[] {
  const isString = bytes[literal.start] === QUOTE;
  const parts = findings
    .flatMap((finding) => (isString && finding.span !== undefined ? { ...finding.span, finding } : []))
    .sort((a, b) => a.start - b.start);
  const splices = stringRanges(bytes, literal, parts).map((range, index): Splice => {
    return { ...range, replacement: placeholder(parts[index]?.finding).slice(1, -1) };
  });
  const whole = findings.find(({ span }) => !isString || span === undefined);
  if (whole !== undefined) splices.push({ start: literal.start, end: literal.end, replacement: placeholder(whole) });
  return splices;
}

/** As a JSON string. */
function placeholder(finding: Finding | undefined): string {
  return JSON.stringify(finding?.placeholder ?? `‹removed by mcpguard: ${finding?.detector}›`);
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
  const byList = new Map<string, Set<number>>();
  for (const pointer of pointers) {
    const cut = pointer.lastIndexOf("/");
    const list = pointer.slice(0, cut);
    byList.set(list, (byList.get(list) ?? new Set()).add(Number(pointer.slice(cut + 1))));
  }
  return [...byList].flatMap(([list, indexes]) => locate(root, list).flatMap(({ span }) => removeItems(span, indexes)));
}

function add(map: Map<string, Finding[]>, at: string, finding: Finding): void {
  const known = map.get(at);
  if (known === undefined) map.set(at, [finding]);
  else known.push(finding);
}
