import type { Finding } from "../../core/finding.ts";
import type { Passage } from "../../core/passage.ts";
import { hostKind, hostOf, type HostKind } from "../../text/hosts.ts";
import type { Mapped, Span } from "../../text/mapped.ts";
import { percentDecoded } from "../../text/plain-path.ts";
import { viewsOf } from "../../text/views.ts";
import { memberName, objectionTo, type Objection } from "./objection.ts";

/** Arguments that are written down or looked up rather than followed. */
const prose =
  /^(?:(?:file_?|old_?|new_?)?(?:text|contents?|str(?:ing)?)|body|message|description|title|comment|notes?|markdown|summary|query|q|question|search|prompt|instructions|thought|reasoning|diff|patch|observations?)$/i;

const mayBeSpecial =
  /^[^a-z]|^0x|localhost|metadata|instance-data|\.(?:nip|sslip|xip)\.io|localtest\.me|[%\u0080-\uffff]/i;

/** Programs that take a host without a scheme. */
const fetching = /\b(?:curl|wget|http|https|xh|nc|ncat|telnet|fetch|iwr|irm|invoke-(?:webrequest|restmethod))\s/i;

const authority = /(?:\bhttps?:[\\/]*|[\\/]{2})([^\s"'<>`\\/?#]{1,300})/gi;
const bare =
  /(?<![\w.])(?:169\.254\.(?:169\.254|170\.23?)|100\.100\.100\.200|192\.0\.0\.192|fd00:ec2::254|2852039166|0xa9fea9fe|metadata\.google\.internal)(?![\w.]*\w)/gi;

const because = "The address is a cloud's metadata service, which hands out credentials to whoever asks it.";
const metadata: Objection = { rule: "metadata-address", severity: "high", confidence: "hard", because };
const mention: Objection = { ...metadata, severity: "low", confidence: "soft" };
const local: Objection = {
  rule: "local-address",
  severity: "low",
  confidence: "soft",
  because: "The address is on this machine or in its own network.",
};

/** What the addresses in an argument lead to; decimal, octal, mapped and escaped forms included. */
export function argumentFindings(passage: Passage): Finding[] {
  const whole = passage.text.trim();
  if (whole.length < 300 && kindOf(whole) === "metadata") return [objectionTo(passage, metadata)];
  const isProse = prose.test(memberName(passage.at));
  let nearby: Finding[] = [];
  for (const { text, locate } of [...viewsOf(passage), ...withoutEscapes(passage.text)]) {
    for (const { kind, hasScheme, start, end } of addressesIn(text)) {
      const span = locate(start, end);
      if (kind !== "metadata") {
        if (nearby.length === 0 && hasScheme && !isProse) nearby = [objectionTo(passage, local, span)];
        continue;
      }
      const isFollowed = !isProse && (hasScheme || fetching.test(text));
      return [objectionTo(passage, isFollowed ? metadata : mention, span)];
    }
  }
  return nearby;
}

/** An address in the query of another one. */
function withoutEscapes(text: string): Mapped[] {
  const plain = percentDecoded(text);
  return plain === text ? [] : [{ text: plain, locate: () => ({ start: 0, end: text.length }) }];
}

/** Texts that name the metadata service: most are documentation. */
export function mentionFindings(passage: Passage): Finding[] {
  bare.lastIndex = 0;
  const match = bare.exec(passage.text);
  if (match === null) return [];
  return [objectionTo(passage, mention, { start: match.index, end: match.index + match[0].length })];
}

/** The kind of host that a whole text names, with or without scheme and path. */
export function kindOf(url: string): HostKind | undefined {
  if (/\s/.test(url)) return undefined;
  const host = hostOf(/^[a-z][a-z0-9+.-]*:[\\/]|^https?:/i.test(url) ? url : `http://${url}`);
  return host === undefined ? undefined : hostKind(host);
}

type Address = Span & { kind: HostKind; hasScheme: boolean };

function* addressesIn(text: string): Generator<Address> {
  for (const { 0: found, 1: given = "", index } of text.matchAll(authority)) {
    const host = withoutNeighbours(given.slice(given.lastIndexOf("@") + 1));
    const kind = mayBeSpecial.test(host) ? kindOf(host) : undefined;
    const hasScheme = /^http/i.test(found) || text[index - 1] === ":";
    if (kind !== undefined) yield { start: index, end: index + found.length, kind, hasScheme };
  }
  for (const { 0: found, index } of text.matchAll(bare))
    yield { start: index, end: index + found.length, kind: "metadata", hasScheme: false };
}

/** Without the punctuation of the sentence around it. */
function withoutNeighbours(host: string): string {
  return host.startsWith("[") ? (/^\[[^\]]*\]/.exec(host)?.[0] ?? host) : host.replace(/[^\w%]{1,9}$/, "");
}
