import { PassThrough } from "node:stream";
import { expect, it } from "vitest";
import { ask } from "../../../src/commands/plan/ask.ts";

async function answers(typed: string): Promise<{ answer: boolean; diffs: number; asked: number }> {
  const [input, output] = [new PassThrough(), new PassThrough()];
  let diffs = 0;
  const answer = ask("Go on?", () => (diffs += 1), input, output);
  for (const line of typed.split("|")) {
    await new Promise(setImmediate);
    if (line === "end") input.end();
    else input.write(`${line}\n`);
  }
  const result = await answer;
  return { answer: result, diffs, asked: String(output.read()).split("Go on?").length - 1 };
}

it.each([
  ["y", true, 0, 1],
  ["YES", true, 0, 1],
  ["n", false, 0, 1],
  ["", false, 0, 1],
  ["d|y", true, 1, 2],
  ["what?|d|diff|no", false, 2, 4],
  ["end", false, 0, 1],
])("typed %j: %s", async (typed, answer, diffs, asked) => {
  expect(await answers(typed)).toEqual({ answer, diffs, asked });
});
