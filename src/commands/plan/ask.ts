import type { Readable, Writable } from "node:stream";
import { createInterface } from "node:readline/promises";

/** True where a person can be asked. */
export function isTerminal(): boolean {
  return process.stdin.isTTY && process.stdout.isTTY;
}

/** Asks until the answer is yes or no; `d` shows the changes first. No answer is a no. */
export async function ask(
  question: string,
  showDiff: () => void,
  input: Readable = process.stdin,
  output: Writable = process.stdout,
): Promise<boolean> {
  const terminal = createInterface({ input, output });
  const gone = new Promise<string>((resolve) => terminal.once("close", () => resolve("n")));
  try {
    for (;;) {
      const answer = (
        await Promise.race([terminal.question(`${question} [y]es, [n]o, show the [d]iff: `), gone])
      ).trim();
      if (/^y(es)?$/i.test(answer)) return true;
      if (/^(no?)?$/i.test(answer)) return false;
      if (/^d(iff)?$/i.test(answer)) showDiff();
    }
  } finally {
    terminal.close();
  }
}
