import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { expect, it } from "vitest";
import { splitWords } from "../../../src/proxy/options/split-words.ts";

it.each<[string, string[]]>([
  ["", []],
  ["   ", []],
  ["node", ["node"]],
  ["  node   server.js\t--port 1  ", ["node", "server.js", "--port", "1"]],
  ['node "my server.js"', ["node", "my server.js"]],
  ["node 'my \"server\".js'", ["node", 'my "server".js']],
  ['a"b c"d', ["ab cd"]],
  ['a ""', ["a", ""]],
  ["a ''", ["a", ""]],
  ["my\\ server", ["my server"]],
  ['"a\\"b\\\\c\\d"', ['a"b\\c\\d']],
  ["C:\\node\\node.exe x", ["C:\\node\\node.exe", "x"]],
  ["a \\\\ b", ["a", "\\", "b"]],
  ["a\nb", ["a", "b"]],
  ["über 'ß'", ["über", "ß"]],
])("%j is %j", (line, words) => {
  expect(splitWords(line)).toEqual(words);
});

it.each(['a "b', "a 'b", 'a "b\\"', "a \\"])("%j has no end", (line) => {
  expect(splitWords(line)).toBeUndefined();
});

it("gives back whatever was quoted", () => {
  const quote = (word: string) => `"${word.replace(/["\\]/g, "\\$&")}"`;
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "binary" })), (words) => {
      expect(splitWords(words.map(quote).join(" "))).toEqual(words);
    }),
  );
});

it.skipIf(process.platform === "win32")("splits as a shell does", () => {
  const line = `a 'b c' "d e" f\\ g ''`;
  const shown = execFileSync("sh", ["-c", `for word in ${line}; do printf '%s\\n' "$word"; done`], {
    encoding: "utf8",
  });
  expect(splitWords(line)).toEqual(shown.split("\n").slice(0, -1));
});
