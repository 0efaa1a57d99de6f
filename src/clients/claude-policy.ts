import { posix, win32 } from "node:path";
import type { Entry, Where } from "../core/client.ts";
import { isObject } from "../core/json.ts";
import { isSame } from "./original.ts";

/** What an organisation lets Claude Code start. https://code.claude.com/docs/en/managed-mcp */
export type ClaudePolicy = {
  /** The files that say so. */
  sources: readonly string[];
  /** Undefined where nothing is restricted. */
  allowed: readonly Rule[] | undefined;
  denied: readonly Rule[];
};

type Rule = { serverName?: unknown; serverCommand?: unknown };

/** Reads the rules of the machine and the user. `read` gives undefined for a file that is not there. */
export function claudePolicy(where: Where, read: (path: string) => string | undefined): ClaudePolicy {
  const sources: string[] = [];
  const denied: Rule[] = [];
  let allowed: Rule[] | undefined;
  let managedOnly = false;
  for (const { path, managed } of policyFiles(where)) {
    const settings = parseSettings(read(path));
    const [allow, deny] = [rulesIn(settings["allowedMcpServers"]), rulesIn(settings["deniedMcpServers"])];
    if (allow === undefined && deny === undefined) continue;
    sources.push(path);
    denied.push(...(deny ?? []));
    if (allow !== undefined && (managed || !managedOnly)) allowed = [...(allowed ?? []), ...allow];
    if (settings["allowManagedMcpServersOnly"] === true) managedOnly = true;
  }
  return { sources, allowed, denied };
}

/**
 * Why an entry must not be wrapped; undefined where nothing speaks against it. A deny list names the original
 * command: wrapping would hide it. An allow list of commands does not know the wrapped one: the server would vanish.
 */
export function policyObjection(policy: ClaudePolicy, entry: Entry, wrapped: readonly string[]): string | undefined {
  const [source = ""] = policy.sources;
  if (policy.denied.some((rule) => matches(rule, entry.name, entry.argv))) return `denied by ${source}`;
  if (policy.allowed === undefined) return undefined;
  const isByCommand = policy.allowed.some((rule) => Array.isArray(rule.serverCommand));
  const allows = (argv: readonly string[]): boolean =>
    (policy.allowed ?? []).some((rule) => (isByCommand ? commandMatches(rule, argv) : rule.serverName === entry.name));
  if (!isByCommand) return allows([]) ? undefined : `not allowed by ${source}`;
  if (allows(wrapped)) return undefined;
  if (!allows(entry.argv)) return `not allowed by ${source}`;
  return `${source} allows only the unguarded command; ask for {"serverCommand": ${JSON.stringify(wrapped)}} in it`;
}

function matches(rule: Rule, name: string, argv: readonly string[]): boolean {
  return rule.serverName === name || commandMatches(rule, argv);
}

function commandMatches(rule: Rule, argv: readonly string[]): boolean {
  return Array.isArray(rule.serverCommand) && isSame(rule.serverCommand.map(String), argv);
}

function policyFiles(where: Where): readonly { path: string; managed: boolean }[] {
  const { join } = where.platform === "win32" ? win32 : posix;
  const files = managedFolders(where).flatMap((folder) => {
    const dropIns = join(folder, "managed-settings.d");
    const names = where.list(dropIns).filter((name) => name.endsWith(".json"));
    return [join(folder, "managed-settings.json"), ...names.sort().map((name) => join(dropIns, name))];
  });
  const own = where.env["CLAUDE_CONFIG_DIR"] || join(where.home, ".claude");
  return [...files.map((path) => ({ path, managed: true })), { path: join(own, "settings.json"), managed: false }];
}

function managedFolders({ platform, env }: Where): readonly string[] {
  if (platform === "linux") return ["/etc/claude-code"];
  if (platform === "darwin") return ["/Library/Application Support/ClaudeCode"];
  const programs = [env["ProgramFiles"] ?? "C:\\Program Files", env["ProgramData"] ?? "C:\\ProgramData"];
  return programs.map((folder) => win32.join(folder, "ClaudeCode"));
}

function parseSettings(text: string | undefined): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? "{}");
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

function rulesIn(value: unknown): Rule[] | undefined {
  return Array.isArray(value) ? value.filter(isObject) : undefined;
}
