import type { Entry, Where } from "../core/client.ts";
import { isObject } from "../core/json.ts";
import { isSame } from "./original.ts";
import { joined } from "./places.ts";

/** What an organisation lets Claude Code start. https://code.claude.com/docs/en/managed-mcp */
export type ClaudePolicy = {
  /** The files that say so. */
  sources: readonly string[];
  /** The file whose servers are the only ones that Claude Code starts. */
  exclusive: string | undefined;
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
  const exclusive = managedFolders(where)
    .map((folder) => joined(where, folder, "managed-mcp.json"))
    .find((path) => read(path) !== undefined);
  return { sources, exclusive, allowed, denied };
}

/**
 * Why an entry must not be wrapped; undefined where nothing speaks against it. A deny list names the original
 * command: wrapping would hide it. An allow list of commands does not know the wrapped one: the server would vanish.
 */
export function policyObjection(policy: ClaudePolicy, entry: Entry, wrapped: readonly string[]): string | undefined {
  if (policy.exclusive !== undefined) return `not started: ${policy.exclusive} names all servers of Claude Code`;
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
  const files = managedFolders(where).flatMap((folder) => {
    const dropIns = joined(where, folder, "managed-settings.d");
    const names = where.list(dropIns).filter((name) => name.endsWith(".json"));
    return [
      joined(where, folder, "managed-settings.json"),
      ...names.sort().map((name) => joined(where, dropIns, name)),
    ];
  });
  const own = where.env["CLAUDE_CONFIG_DIR"] || joined(where, where.home, ".claude");
  return [
    ...files.map((path) => ({ path, managed: true })),
    { path: joined(where, own, "settings.json"), managed: false },
  ];
}

function managedFolders(where: Where): readonly string[] {
  if (where.platform === "linux") return ["/etc/claude-code"];
  if (where.platform === "darwin") return ["/Library/Application Support/ClaudeCode"];
  const { ProgramFiles: programs, ProgramData: shared } = where.env;
  return [programs ?? "C:\\Program Files", shared ?? "C:\\ProgramData"].map((folder) =>
    joined(where, folder, "ClaudeCode"),
  );
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
