import { widthOf, wrap } from "../fit.ts";
import { harmless, visibleJson } from "../../text/harmless.ts";
import { span, type Line } from "../line.ts";
import type { Model } from "../model.ts";
import type { Style } from "../theme.ts";

/** What drawing a text depends on. */
export type Surface = Pick<Model, "columns" | "glyphs" | "unicode">;

/** A title between rules. */
export function section(title: string, { columns, glyphs }: Surface): Line {
  const rule = glyphs.rule.repeat(Math.max(0, columns - widthOf(title) - 5));
  return [span(` ${glyphs.rule} `, "dim"), span(title, "strong"), span(` ${rule}`, "dim")];
}

/** A name and its value on as many lines as it takes; nothing where there is no value. */
export function fact(name: string, value: unknown, { columns, unicode }: Surface): readonly Line[] {
  if (value === undefined || value === null || value === "") return [];
  const text = harmless(typeof value === "string" ? value : JSON.stringify(value), unicode);
  const [first = "", ...rest] = wrap(text, columns - 15);
  return [
    [span(`  ${name.padEnd(11)} `, "dim"), span(first)],
    ...rest.map((line): Line => [span(" ".repeat(14)), span(line)]),
  ];
}

export function paragraph(text: unknown, { columns, unicode }: Surface): readonly Line[] {
  return wrap(harmless(String(text), unicode), columns - 4).map((line): Line => [span(`  ${line}`)]);
}

/** A value as indented JSON, in which nothing is invisible. */
export function jsonLines(value: unknown, { columns, unicode }: Surface, style: Style = "plain"): readonly Line[] {
  return visibleJson(value, unicode).flatMap((line) => {
    const indent = " ".repeat(line.length - line.trimStart().length + 2);
    const [first = "", ...rest] = wrap(line, columns - 4 - indent.length);
    return [first, ...rest.map((more) => indent + more)].map((text): Line => [span(`  ${text}`, style)]);
  });
}
