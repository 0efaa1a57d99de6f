import { GuardError } from "../core/errors.ts";
import { configSchema, type Config } from "./schema.ts";
import type { Path } from "./spots.ts";

type Problem = { path: Path; message: string };
type Issue = NonNullable<ReturnType<typeof configSchema.safeParse>["error"]>["issues"][number];

/** At most so many lines on stderr for one broken file. */
const shownProblems = 3;

/**
 * Checks a configuration in its canonical spelling. Throws GuardError `code`; each of its lines begins with what
 * `place` makes of the path. It never holds a value, which may be secret.
 */
export function check(value: unknown, place: (path: Path) => string, code: string, fix: string): Config {
  const checked = configSchema.safeParse(value);
  if (checked.success) return checked.data;
  const problems = checked.error.issues.flatMap((issue) => problemsOf(issue));
  const lines = problems.slice(0, shownProblems).map(({ path, message }) => {
    return `${place(path)}: ${message.replace(/^(Invalid \w+|Too small|Too big): /, "")}`;
  });
  if (problems.length > shownProblems) lines.push(`… and ${problems.length - shownProblems} more`);
  throw new GuardError(code, lines.join("\n"), fix);
}

/** Of a choice between forms, the complaints about the form that came closest: the one with a complaint deeper inside. */
function problemsOf(issue: Issue, around: Path = []): Problem[] {
  const path = [...around, ...issue.path.filter((step) => typeof step !== "symbol")];
  if (issue.code === "invalid_key") return [{ path, message: issue.issues[0]?.message ?? issue.message }];
  if (issue.code !== "invalid_union") return [{ path, message: issue.message }];
  const closest = issue.errors.find((errors) => errors.some((error) => error.path.length > 0));
  return closest?.flatMap((error) => problemsOf(error, path)) ?? [{ path, message: issue.message }];
}
