import { readFileSync } from "node:fs";
import { GuardError } from "../core/errors.ts";
import type { Policy } from "../core/policy.ts";
import { advice } from "./advice.ts";
import { parse, type Source } from "./parse.ts";
import { resolve } from "./resolve.ts";
import { respell, type Respelled } from "./respell.ts";
import { configSchema, type Config } from "./schema.ts";

export type LoadedPolicy = { policyFor(server: string): Policy; warnings: readonly string[] };

/** At most so many lines on stderr for one broken file. */
const shownIssues = 3;

/**
 * Reads and checks a configuration file. Throws GuardError CONFIG_INVALID, naming file, line and column, and
 * CONFIG_UNREADABLE. Neither errors nor warnings hold values that may be secret. With `detectors`, the ids there are,
 * other names among the settings are warned about.
 */
export function loadPolicy(path: string, text: string = read(path), detectors?: readonly string[]): LoadedPolicy {
  const source = parse(path, text);
  const respelled = respell(source, configSchema);
  const config = check(source, respelled);
  const warnings = [...respelled.warnings];
  for (const { at, text: words } of advice(config, detectors)) {
    warnings.push(`${source.place(respelled.origin(at), "key")}: ${words}`);
  }
  return { policyFor: (server) => resolve(config, server), warnings };
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : "unknown error";
    throw new GuardError(
      "CONFIG_UNREADABLE",
      `${path} cannot be read (${reason})`,
      "Check that the file exists and that you may read it.",
      error,
    );
  }
}

function check(source: Source, { value, origin }: Respelled): Config {
  const checked = configSchema.safeParse(value);
  if (checked.success) return checked.data;
  const { issues } = checked.error;
  const lines = issues.slice(0, shownIssues).map(({ path, message }) => {
    const at = origin(path.filter((step) => typeof step !== "symbol"));
    return `${source.place(at)}: ${[...at].join(".") || "the file"}: ${message.replace("Invalid input: ", "")}`;
  });
  if (issues.length > shownIssues) lines.push(`… and ${issues.length - shownIssues} more`);
  throw new GuardError(
    "CONFIG_INVALID",
    lines.join("\n"),
    "Correct the file; until then its rules are not used. All keys: docs/config.md",
  );
}
