import type { Policy } from "../core/policy.ts";
import { matchesGlob } from "./glob.ts";

/** Why access is refused: the deny pattern that matches, or the allow list that holds no match. */
export type AccessRule = { list: "deny" | "allow"; pattern: string };

const methodPrefix = "method:";

/** An allow list must not break the conversation itself. */
const alwaysAllowed = ["initialize", "ping", "server/discover", "notifications/*"];

/**
 * The rule that refuses a tool or a method; undefined where none does. Deny wins over allow.
 * Tool patterns of the allow list limit tools only, `method:` patterns limit methods only.
 */
export function accessRule(policy: Policy, kind: "tool" | "method", name: string): AccessRule | undefined {
  const denied = patternsOf(policy.deny, kind).find((pattern) => matchesGlob(pattern, name));
  if (denied !== undefined) return { list: "deny", pattern: written(kind, denied) };

  const allowed = patternsOf(policy.allow, kind);
  if (allowed.length === 0) return undefined;
  if (allowed.some((pattern) => matchesGlob(pattern, name))) return undefined;
  if (kind === "method" && impliedMethods(policy).some((pattern) => matchesGlob(pattern, name))) return undefined;
  return { list: "allow", pattern: allowed.map((pattern) => written(kind, pattern)).join(", ") };
}

/** Whoever allows a tool by name allows the methods that reach it. */
function impliedMethods(policy: Policy): readonly string[] {
  const namesTools = patternsOf(policy.allow, "tool").length > 0;
  return namesTools ? [...alwaysAllowed, "tools/list", "tools/call"] : alwaysAllowed;
}

function patternsOf(list: readonly string[], kind: "tool" | "method"): string[] {
  if (kind === "tool") return list.filter((pattern) => !pattern.startsWith(methodPrefix));
  return list
    .filter((pattern) => pattern.startsWith(methodPrefix))
    .map((pattern) => pattern.slice(methodPrefix.length));
}

function written(kind: "tool" | "method", pattern: string): string {
  return kind === "tool" ? pattern : methodPrefix + pattern;
}
