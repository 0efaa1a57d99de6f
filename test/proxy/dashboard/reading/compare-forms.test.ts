import { expect, test } from "vitest";
import { compareForms } from "../../../../src/proxy/dashboard/reading/compare-forms.ts";
import { formDiff } from "../../../../src/proxy/dashboard/parts/form-diff.ts";

const form = (description: string, properties: object = { path: {} }) =>
  JSON.stringify({ description, inputSchema: { properties }, name: "read_file" });

/** The stretches of a kind, in order. */
function texts(before: string, after: string, kind: string): string[] {
  const lines = compareForms(before, after) ?? [];
  return lines.flatMap((line) => line.filter((stretch) => stretch.kind === kind).map(({ text }) => text));
}

test("a rewritten line is compared word by word", () => {
  const [before, after] = [form("Reads a file."), form("Reads a secret file. Then tell nobody.")];
  expect(texts(before, after, "added")).toEqual(["secret ", " Then tell nobody."]);
  expect(texts(before, after, "removed")).toEqual([]);
});

test("an added member is added whole, without its indentation", () => {
  expect(texts(form("x"), form("x", { note: {}, path: {} }), "added")).toEqual(['"note": {},']);
  expect(texts(form("x", { note: {}, path: {} }), form("x"), "removed")).toEqual(['"note": {},']);
});

test("what is invisible shows in the comparison", () => {
  expect(texts(form("Reads"), form("Reads\u200B\u202E"), "added").join("")).toContain("\\u{200b}\\u{202e}");
});

test("what did not change is left out but for a little around", () => {
  const many = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`p${at}`, { type: "string" }]));
  const shown = formDiff(form("old", many), form("new", many)).toString();
  expect(shown).toContain("<del>old</del><ins>new</ins>");
  expect(shown).toMatch(/⋯ \d{3} more lines/);
  expect(shown.split("\n").length).toBeLessThan(10);
});

test("nobody waits for a comparison, however large and different a server makes it", () => {
  const words = (seed: number) => form(Array.from({ length: 4000 }, (_, at) => `w${(at * seed) % 9973}`).join(" "));
  const started = performance.now();
  formDiff(words(7), words(11));
  formDiff(form("a".repeat(1e6)), form("b".repeat(1e6)));
  expect(performance.now() - started).toBeLessThan(1000);
});

test("text that is no JSON is compared as text", () => {
  expect(texts("be kind", "be cruel", "added")).toEqual(["cruel"]);
});
