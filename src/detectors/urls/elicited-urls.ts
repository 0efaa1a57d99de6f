import type { Finding } from "../../core/finding.ts";
import type { Passage } from "../../core/passage.ts";
import { kindOf } from "./addresses.ts";
import { objectionTo, type Objection } from "./objection.ts";
import { danger } from "./script-urls.ts";

const soft = (rule: string, severity: "low" | "medium", because: string): Objection => ({
  rule,
  severity,
  confidence: "soft",
  because,
});

/** Whether the passage is the page that a server asks the user to open. */
export function isElicitedUrl({ role, at }: Passage): boolean {
  return role === "elicitation" && at.endsWith("/url") && !at.includes("/requestedSchema/");
}

/** https://modelcontextprotocol.io/specification/2025-11-25/client/elicitation#safe-url-handling */
export function elicitedUrlFindings(passage: Passage): Finding[] {
  return objections(passage.text.trim()).map((objection) => objectionTo(passage, objection));
}

function objections(url: string): Objection[] {
  if (danger(url) !== undefined || /^(?:javascript|vbscript|file|blob|data):/i.test(url))
    return [hard("script-url", "The user is asked to open an address that is no page but a program or a file.")];
  const kind = kindOf(url);
  if (kind === "metadata") return [hard("metadata-address", "The user is asked to open a cloud's metadata service.")];
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase();
  const found: Objection[] = [];
  if (kind !== undefined)
    found.push(soft("local-address", "low", "The page is on this machine or in its own network."));
  else if (scheme === "http")
    found.push(soft("plain-http", "low", "What the user types into this page can be read on the way."));
  else if (scheme !== "https") found.push(soft("unusual-scheme", "medium", "The address starts another program."));
  const [, userInfo] = /^[a-z][a-z0-9+.-]*:[\\/]*([^\\/?#]*)@/i.exec(url) ?? [];
  if (userInfo !== undefined)
    found.push(soft("user-info", "medium", "What stands before the @ only looks like the name of the site."));
  if (/^[a-z]+:[\\/]*[^\\/?#]*(?:xn--|[^\0-\x7f])/i.test(url))
    found.push(soft("lookalike-name", "medium", "The site's name has letters that can be taken for others."));
  return found;
}

function hard(rule: string, because: string): Objection {
  return { rule, severity: "high", confidence: "hard", because };
}
