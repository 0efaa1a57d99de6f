import type { Finding } from "../../core/finding.ts";
import type { Passage } from "../../core/passage.ts";
import { hostKind, hostOf } from "../../text/hosts.ts";
import { objectionTo, type Objection } from "./objection.ts";

/** Names that only a network's own name server knows. */
const internalName = /^(?:[^.[\]]+|.+\.(?:local|localdomain|internal|intranet|lan|corp|home|home\.arpa|test))$/;
/** Reserved, benchmark, multicast and broadcast addresses; site-local and multicast ones of IPv6. */
const reserved = /^(?:192\.0\.0\.|198\.1[89]\.|2(?:2[4-9]|[34]\d|5[0-5])\.)|^\[f(?:ec|ed|ee|ef|f[0-9a-f])/;

/**
 * What is wrong with an address that an agent is asked to report to: it sends there on its own,
 * again and again, from inside its network. Names resolve only then, so one that leads inwards
 * later is not seen here. https://a2a-protocol.org/latest/specification/ (13.2)
 */
export function callbackFindings(passage: Passage): Finding[] {
  return objections(passage.text).map((objection) => objectionTo(passage, objection));
}

function objections(url: string): Objection[] {
  const host = hostOf(url);
  if (host === undefined || /[\s\\]/.test(url))
    return [hard("malformed", "medium", "Programs differ in where this address leads.")];
  const kind = hostKind(host);
  if (kind === "metadata")
    return [hard("metadata-address", "high", "The agent would send its reports to a cloud's metadata service.")];
  if (kind !== undefined || internalName.test(host) || reserved.test(host))
    return [hard("local-address", "high", "The agent would send its reports into its own machine or network.")];
  const found: Objection[] = [];
  if (!/^https:/i.test(url)) found.push(hard("not-https", "medium", "The agent's reports could be read on the way."));
  if (/^[a-z][a-z0-9+.-]*:\/*[^/?#]*@/i.test(url))
    found.push(hard("user-info", "medium", "What stands before the @ only looks like the name of the host."));
  return found;
}

function hard(rule: string, severity: Objection["severity"], because: string): Objection {
  return { rule, severity, confidence: "hard", because };
}
