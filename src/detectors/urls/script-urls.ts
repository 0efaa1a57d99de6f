import type { Finding } from "../../core/finding.ts";
import type { Passage } from "../../core/passage.ts";
import type { Span } from "../../text/mapped.ts";
import { normalise } from "../../text/normalise.ts";
import { percentDecoded } from "../../text/plain-path.ts";
import { isQuoted, quotedSpans } from "../../text/quoting.ts";
import { objectionTo, type Objection } from "./objection.ts";

/** Members that a client opens or shows as a picture, wherever the protocol has them. */
const opened =
  /\/(?:icons\/\d+\/src|websiteUrl|iconUrl|documentationUrl|content(?:\/\d+)?(?:\/resource)?\/uri|(?:contents|resources)\/\d+\/uri)$/;

const anyScript = /script:|data:text\/html/i;
const scheme = /^(?:(?:java|vb|live)script:|data:text\/html)/i;
/** "JavaScript: a language" is none. */
const isUrl = /^\s*(?:(?:java|vb|live)script:|data:text\/html)\S+\s*$/i;
const links = /\]\(\s{0,4}<?((?:(?:java|vb|live)script:|data:text\/html)[^\s>]{1,2000})/gi;
const attributes =
  /\b(?:href|src|action|formaction)\s{0,3}=\s{0,3}["']?\s{0,3}((?:(?:java|vb|live)script:|data:text\/html)[^"'>]{1,2000})/gi;

/** What old web pages put where a link leads nowhere. */
const idle =
  /^javascript:(?:;|#|\/\/|void\(?['"]?0?['"]?\)?|(?:window\.)?history\.(?:back|go|forward)\(-?\d*\)|(?:window\.)?(?:print|close|focus)\(\)|(?:window\.)?location\.reload\(\)|returnfalse)*[;)]*$/i;
/** What a script needs to do harm: data of the page, code from elsewhere, a way out. */
const harmful =
  /\b(?:cookie|fetch|xmlhttprequest|eval|atob|unescape|fromcharcode|function|import|sendbeacon|localstorage|sessionstorage|execscript|createobject|innerhtml|alert|prompt|confirm)\b|location[.=]|window\.open|<script|\bon\w{3,20}=/i;

const because = "The address is a program: opening it runs it in the page or client it is opened in.";
const program: Objection = { rule: "script-url", severity: "high", confidence: "hard", because };
const mention: Objection = { ...program, severity: "low", confidence: "soft" };

/** Addresses that run a script when they are opened, at most one of a text. */
export function scriptFindings(passage: Passage): Finding[] {
  const { text, role } = passage;
  if (!anyScript.test(text)) return [];
  const isOpened = opened.test(passage.at);
  const whole = isOpened || isUrl.test(text) ? danger(text) : undefined;
  if (whole !== undefined) return [objectionTo(passage, isOpened || whole === "harmful" ? program : mention)];
  if (role === "tool-argument") return [];
  return linkFinding(passage) ?? attributeFinding(passage) ?? [];
}

/** A link that a client would show as one. In quotes and code it is only shown as text. */
function linkFinding(passage: Passage): Finding[] | undefined {
  let quotes: readonly Span[] | undefined;
  let weaker: Finding[] | undefined;
  for (const { 1: url = "", index } of passage.text.matchAll(links)) {
    const found = danger(url);
    if (found === undefined) continue;
    const span = { start: index, end: index + url.length + 2 };
    quotes ??= quotedSpans(passage.text);
    if (found === "harmful" && !isQuoted(quotes, span)) return [objectionTo(passage, program, span)];
    weaker ??= [objectionTo(passage, mention, span)];
  }
  return weaker;
}

function attributeFinding(passage: Passage): Finding[] | undefined {
  for (const { 0: found, 1: url = "", index } of passage.text.matchAll(attributes)) {
    if (danger(url) !== "harmful") continue;
    return [objectionTo(passage, mention, { start: index, end: index + found.length })];
  }
  return undefined;
}

/** What a URL that runs a script may do; undefined for others, and for those that do nothing. */
export function danger(url: string): "harmful" | "unclear" | undefined {
  // White space and control characters within a scheme count for nothing.
  const plain = normalise(url.slice(0, 4096)).text.replace(/[\0-\x20]+/g, "");
  if (!scheme.test(plain)) return undefined;
  if (/^data:/i.test(plain)) return "harmful";
  const decoded = percentDecoded(plain).replace(/\s+/g, "");
  if (idle.test(decoded)) return undefined;
  return harmful.test(decoded) ? "harmful" : "unclear";
}
