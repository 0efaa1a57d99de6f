import type { Detector, Located } from "../core/detector.ts";
import type { Finding } from "../core/finding.ts";
import { isObject, type JsonObject, type JsonValue } from "../core/json.ts";
import type { Definition } from "../core/memory.ts";
import { hostKind, hostOf } from "../text/hosts.ts";
import { masked } from "../text/mask.ts";
import { examples } from "./examples/agent-card.ts";

/** Cards that lead callers over an open line, into a private network, or in without a login. */
export const agentCard: Detector = {
  meta: {
    id: "agent-card",
    title: "Careless agent card",
    severity: "high",
    roles: [],
    directions: ["to-client"],
    why: "A client goes where an agent's card sends it, with all that its user says: in the clear, into the user's own network, or to an agent that anybody may use.",
    references: [
      "https://a2a-protocol.org/latest/specification/#13-security-considerations",
      "https://owasp.org/Top10/A10_2021-Server-Side_Request_Forgery_%28SSRF%29/",
    ],
    budget: 0,
  },
  inspect: ({ definitions }) =>
    definitions.flatMap((definition) => (definition.kind === "agent-card" ? findingsIn(definition) : [])),
  examples,
};

function findingsIn({ form, at }: Located<Definition>): Finding[] {
  const card: JsonValue = JSON.parse(form);
  if (!isObject(card)) return [];
  const urls = interfaceUrls(card).flatMap(([place, url]) => urlFinding(url, `${at}${place}`));
  return hasSecurity(card) ? urls : [...urls, { ...noSecurity, at }];
}

/** Where the agent says it can be reached, with the place of each address in the card. */
function interfaceUrls(card: JsonObject): [place: string, url: string][] {
  const urls: [string, string][] = [];
  if (typeof card["url"] === "string") urls.push(["/url", card["url"]]);
  for (const name of ["supportedInterfaces", "supported_interfaces", "additionalInterfaces"]) {
    const list = card[name];
    if (!Array.isArray(list)) continue;
    for (const [index, each] of list.entries())
      if (isObject(each) && typeof each["url"] === "string") urls.push([`/${name}/${index}/url`, each["url"]]);
  }
  return urls;
}

function urlFinding(url: string, at: string): Finding | [] {
  const host = hostOf(url);
  const kind = host === undefined ? undefined : hostKind(host);
  const here = { at, evidence: masked(url) };
  if (kind === "metadata") return { ...finding, ...toMetadata, ...here };
  if (kind !== undefined) return { ...finding, ...toPrivate, ...here };
  return /^http:/i.test(url) ? { ...finding, ...inTheClear, ...here } : [];
}

function hasSecurity(card: JsonObject): boolean {
  const schemes = card["securitySchemes"] ?? card["security_schemes"];
  return isObject(schemes) && Object.keys(schemes).length > 0;
}

const finding = {
  detector: "agent-card",
  fix: "Ask the agent's operator; if it is meant, suppress the rule for this agent.",
};

const toMetadata = {
  rule: "metadata-address",
  severity: "high",
  confidence: "hard",
  because: "The card sends callers to a cloud's metadata service.",
} as const;

const toPrivate = {
  rule: "private-address",
  severity: "low",
  confidence: "soft",
  because: "The card sends callers to an address on this machine or in a private network.",
} as const;

const inTheClear = {
  rule: "plaintext",
  severity: "medium",
  confidence: "soft",
  because: "The card sends callers over a line that others can read.",
} as const;

const noSecurity = {
  ...finding,
  rule: "no-security",
  severity: "low",
  confidence: "soft",
  evidence: "",
  because: "The card names no way in which callers prove who they are.",
} as const;
