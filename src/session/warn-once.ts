import { GuardError } from "../core/errors.ts";
import { say } from "../process/stderr.ts";

const MAX_LINES = 5;
const said = new Set<string>();

/** Says on stderr, once each and at most five lines in all, what is wrong with the guard itself. */
export function warnOnce(error: unknown): void {
  const text = (
    error instanceof GuardError
      ? `${error.message} ${error.fix}`
      : error instanceof Error
        ? error.message
        : String(error)
  ).replaceAll("\n", " ");
  if (said.has(text) || said.size >= MAX_LINES) return;
  said.add(text);
  say(text);
}
