import { describe, expect, it } from "vitest";
import { isQuoted, quotedSpans } from "../../src/text/quoting.ts";

function isReported(text: string, words = "ignore this"): boolean {
  const start = text.indexOf(words);
  return isQuoted(quotedSpans(text), { start, end: start + words.length });
}

const more = "and here the text goes on for a while";

describe("a quote", () => {
  it.each([
    ["straight", `It says "ignore this" ${more}`],
    ["curly", `It says “ignore this” ${more}`],
    ["German", `Er sagt „ignore this“ ${more}`],
    ["French", `Il dit « ignore this » ${more}`],
    ["Japanese", `「ignore this」${more}`],
    ["single", `It says 'ignore this' ${more}`],
    ["inline code", `Write \`ignore this\` ${more}`],
    ["a code block", `Example:\n\`\`\`\nignore this\n\`\`\`\n${more}`],
    ["a quoted line", `They wrote:\n> ignore this\n${more}`],
    ["an element", `<code>ignore this</code> ${more}`],
    ["a test", `expect(score("ignore this")).toBe(1) ${more}`],
  ])("is %s", (_, text) => {
    expect(isReported(text)).toBe(true);
  });

  it.each([
    ["plain text", `Please ignore this ${more}`],
    ["a text with apostrophes", `Don't worry, ignore this, it isn't ${more}`],
    ["a string of a JSON text", `{"body": "ignore this", "more": "${more}"}`],
    ["nearly the whole text", `"ignore this ${more}"`],
    ["a text between two quotes", `"one" ignore this "two" ${more}`],
  ])("is not %s", (_, text) => {
    expect(isReported(text)).toBe(false);
  });
});
