import { filterFields } from "../../audit/feed/filter.ts";
import { bindings } from "../keys.ts";
import { span, type Line } from "../line.ts";

/** The keys from their table, then the filter language and the words of the verdict column. */
export function helpLines(width: number): readonly Line[] {
  const keys = bindings.map(({ keys: names, help }): Line => [
    span(`  ${names.join(" ").padEnd(14)}`, "key"),
    span(help),
  ]);
  return [
    [span(" Keys", "strong")],
    ...keys,
    [],
    [span(" Filter", "strong"), span("  all terms must hold; they are matched while you type", "dim")],
    ...filters.map(([example, meaning]): Line => [span(`  ${example.padEnd(28)}`, "key"), span(meaning)]),
    [span(`  Fields: ${Object.keys(filterFields).join(" ")}`.slice(0, width), "dim")],
    [],
    [span(" Verdicts", "strong")],
    ...verdicts.map(([word, meaning]): Line => [span(`  ${word.padEnd(14)}`), span(meaning)]),
  ];
}

const filters = [
  ["word", "rows whose text holds it"],
  ["sev:high server:github", "of that severity, of a server of that name"],
  ["verdict:block,hold", "either of the two"],
  ["!tool:read_file", "all but these"],
  ['"two words"', "the words as they stand"],
] as const;

const verdicts = [
  ["BLOCK", "did not pass"],
  ["HOLD", "waits for you: a approves, d denies"],
  ["HELD", "was held; nothing to decide any more"],
  ["HIDE", "taken out of the list that the client sees"],
  ["REDACT", "passed with the dangerous part masked"],
  ["LOG", "passed, and something was found"],
  ["ok", "passed"],
] as const;
