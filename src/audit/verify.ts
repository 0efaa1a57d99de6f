import { hashLine } from "./chain.ts";
import { parseEvent } from "./parse-event.ts";
import { logFilesOf } from "./read.ts";
import { readLines } from "./read-lines.ts";
import { createChainCheck } from "./chain-check.ts";

/** A place in the log and what is wrong there. `line` counts from 1. */
export type Remark = { file: string; line: number; session: string; what: string };

export type Verification = {
  lines: number;
  sessions: number;
  /** Lines torn by a crash, or damaged. */
  malformed: number;
  /** Signs that a line was removed, edited or moved; the first hundred of `problemCount`. Counting ends at 10,000. */
  problems: Remark[];
  problemCount: number;
  /** What an honest log may show too: a session still running, a beginning that retention has deleted. */
  warnings: string[];
};

const listedAtMost = 100;
const countedAtMost = 10_000;

/** Checks that each line of each session follows the one before it. Holds one hash per session, never a file. */
export async function verifyLog(folder: string): Promise<Verification> {
  const check = createChainCheck();
  const found = { lines: 0, malformed: 0, problemCount: 0 };
  const problems: Remark[] = [];

  function look(file: string, number: number, line: string): void {
    found.lines++;
    const event = parseEvent(line);
    if (event === undefined) found.malformed++;
    const what = event && check.add(event, hashLine(line));
    if (event === undefined || what === undefined) return;
    found.problemCount++;
    if (problems.length < listedAtMost) problems.push({ file, line: number, session: event.session, what });
  }

  for (const file of logFilesOf(folder)) {
    let number = 0;
    for await (const lines of readLines(file)) {
      for (const line of lines) {
        number++;
        if (line !== "" && found.problemCount < countedAtMost) look(file.name, number, line);
      }
    }
  }
  return { ...found, sessions: check.sessions(), problems, warnings: check.warnings() };
}
