import type { JsonSpan, Member } from "./spans.ts";

/** A value, and the member it belongs to where its parent is an object. */
export type Place = { span: JsonSpan; member: Member | undefined };

/** Every place a JSON pointer leads to: more than one where members are duplicated. */
export function locate(root: JsonSpan, pointer: string): Place[] {
  let places: Place[] = [{ span: root, member: undefined }];
  for (const step of pointerSteps(pointer)) {
    const next: Place[] = [];
    for (const { span } of places) collect(span, step, next);
    places = next;
  }
  return places;
}

function collect(span: JsonSpan, step: string, into: Place[]): void {
  const item = span.items?.[Number(step)];
  if (item !== undefined) into.push({ span: item, member: undefined });
  for (const member of membersNamed(span, step)) into.push({ span: member.value, member });
}

const byName = new WeakMap<JsonSpan, Map<string, Member[]>>();

/** By a table, since a message may have many places below one object. */
function membersNamed(span: JsonSpan, name: string): readonly Member[] {
  const { members } = span;
  if (members === undefined) return [];
  const known = byName.get(span);
  if (known !== undefined) return known.get(name) ?? [];
  const table = new Map<string, Member[]>();
  byName.set(span, table);
  for (const member of members) {
    const same = table.get(member.key);
    if (same === undefined) table.set(member.key, [member]);
    else same.push(member);
  }
  return table.get(name) ?? [];
}

/** The unescaped steps of a JSON pointer (RFC 6901). */
export function pointerSteps(pointer: string): string[] {
  if (pointer === "") return [];
  return pointer
    .slice(1)
    .split("/")
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}
