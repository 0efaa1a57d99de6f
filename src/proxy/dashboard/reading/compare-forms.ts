import { diffArrays, diffWordsWithSpace } from "diff";
import type { JsonValue } from "../../../core/json.ts";
import { visibleJson } from "../../../text/harmless.ts";

/** A stretch of a line. */
export type Stretch = { kind: "same" | "added" | "removed"; text: string };
export type ComparedLine = readonly Stretch[];

/** Servers choose the size of what is compared, and nobody's call may wait for it. */
const longest = 60_000;
const timeout = 60;

/** A definition as lines of JSON in which nothing is invisible. */
export function linesOfForm(form: string): readonly string[] {
  try {
    const value: JsonValue = JSON.parse(form);
    return visibleJson(value);
  } catch {
    return visibleJson(form);
  }
}

/** Two forms line by line, and word by word where a line was rewritten; undefined where they are too large or too different. */
export function compareForms(before: string, after: string): readonly ComparedLine[] | undefined {
  if (before.length + after.length > longest) return undefined;
  const changes = diffArrays([...linesOfForm(before)], [...linesOfForm(after)], { timeout });
  if (changes === undefined) return undefined;
  const lines: ComparedLine[] = [];
  for (const [at, { value, added, removed }] of changes.entries()) {
    const next = changes[at + 1];
    if (removed && next?.added === true) lines.push(...compareWords(value.join("\n"), next.value.join("\n")));
    else if (removed) lines.push(...value.map((line) => wholeLine("removed", line)));
    else if (!added) lines.push(...value.map((text): ComparedLine => [{ kind: "same", text }]));
    else if (changes[at - 1]?.removed !== true) lines.push(...value.map((line) => wholeLine("added", line)));
  }
  return lines;
}

function compareWords(before: string, after: string): ComparedLine[] {
  const changes = diffWordsWithSpace(before, after, { timeout });
  if (changes === undefined) {
    const whole = (kind: Stretch["kind"], text: string) => text.split("\n").map((line) => wholeLine(kind, line));
    return [...whole("removed", before), ...whole("added", after)];
  }
  const lines: Stretch[][] = [[]];
  for (const { value, added, removed } of changes) {
    const kind = added ? "added" : removed ? "removed" : "same";
    for (const [at, text] of value.split("\n").entries()) {
      if (at > 0) lines.push([]);
      if (text !== "") lines.at(-1)?.push({ kind, text });
    }
  }
  return lines;
}

/** Indentation is not part of what changed. */
function wholeLine(kind: Stretch["kind"], line: string): ComparedLine {
  const text = line.trimStart();
  return [
    { kind: "same", text: line.slice(0, line.length - text.length) },
    { kind, text },
  ];
}
