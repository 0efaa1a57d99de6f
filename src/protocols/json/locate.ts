import type { JsonSpan, Member } from "./spans.ts";

/** A value, and the member it belongs to where its parent is an object. */
export type Place = { span: JsonSpan; member: Member | undefined; parent: JsonSpan | undefined };

/** Every place a JSON pointer leads to: more than one where members are duplicated. */
export function locate(root: JsonSpan, pointer: string): Place[] {
  let places: Place[] = [{ span: root, member: undefined, parent: undefined }];
  for (const step of pointerSteps(pointer)) {
    const next: Place[] = [];
    for (const { span } of places) collect(span, step, next);
    places = next;
  }
  return places;
}

function collect(span: JsonSpan, step: string, into: Place[]): void {
  const item = span.items?.[Number(step)];
  if (item !== undefined) into.push({ span: item, member: undefined, parent: span });
  for (const member of span.members ?? []) {
    if (member.key === step) into.push({ span: member.value, member, parent: span });
  }
}

/** The unescaped steps of a JSON pointer (RFC 6901). */
export function pointerSteps(pointer: string): string[] {
  if (pointer === "") return [];
  return pointer
    .slice(1)
    .split("/")
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}
