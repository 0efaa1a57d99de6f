import { severities, type Finding } from "../../core/finding.ts";
import type { Passage } from "../../core/passage.ts";
import { masked } from "../../text/mask.ts";
import { hitsIn, type Hit } from "./hits.ts";

/** Two signs this far apart are two accidents, not one attack. */
const TOGETHER = 700;

/** A deed belongs to an order that stands at most this far from it. */
const NEAR = 250;

type Voice = { id: string; subject: string; fix: string };

/** One finding for each rule and passage, the phrases that stand together first. */
export function phraseFindings(passages: readonly Passage[], voice: Voice): Finding[] {
  const byPassage = new Map<Passage, Hit[]>();
  for (const hit of hitsIn(passages)) {
    const here = byPassage.get(hit.passage) ?? [];
    byPassage.set(hit.passage, here);
    here.push(hit);
  }
  const findings: Finding[] = [];
  for (const [passage, hits] of byPassage) findings.push(...findingsOf(passage, hits, voice));
  return findings;
}

function findingsOf(passage: Passage, all: readonly Hit[], voice: Voice): Finding[] {
  const hits = all.filter((hit) => hit.rule.beside === undefined || hasCompany(hit, all));
  const near = densest(hits);
  const { at, isKey } = passage;
  const disguise = near.find((hit) => hit.rule.severity !== "low" && isDisguised(hit));
  const findings = bestOfEachRule(hits, near).map((hit): Finding => {
    const { rule, start, end, isReported } = hit;
    const acts = !isReported && near.includes(hit);
    return {
      detector: voice.id,
      rule: rule.id,
      severity: isReported ? "low" : rule.severity,
      confidence: "soft",
      ...(acts ? { family: rule.family } : {}),
      at,
      isKey,
      span: { start, end },
      evidence: masked(passage.text.slice(start, end)),
      because: `${voice.subject} ${rule.says}${isReported ? ", in a quote, in code or in writing about attacks" : ""}.`,
      fix: voice.fix,
    };
  });
  if (disguise !== undefined) findings.push(disguised(disguise, passage, voice));
  return findings;
}

/** Whether a stronger sign stands close by, of a kind that makes this one count. */
function hasCompany({ rule, start, end }: Hit, all: readonly Hit[]): boolean {
  return all.some((other) => {
    if (other.isReported || other.rule.beside !== undefined || other.rule.severity === "low") return false;
    return rule.beside?.includes(other.rule.family) === true && other.start < end + NEAR && start < other.end + NEAR;
  });
}

const escapedLetter =
  /%(?:25)*[4-7][0-9a-f]|&#(?:0*(?:6[5-9]|[7-9]\d|1[01]\d|12[0-2])|x0*[4-7][0-9a-f]);|\\(?:u00|x)[4-7]|=[4-7][0-9a-f]/i;

/** An escaped quotation mark is ordinary; letters are escaped to hide them. */
function isDisguised({ via, passage, start, end }: Hit): boolean {
  if (via.length === 0) return false;
  return via.length > 1 || via[0] !== "escapes" || escapedLetter.test(passage.text.slice(start, end));
}

/** That somebody took the trouble to hide an order is a second sign beside the order. */
function disguised({ start, end, via }: Hit, { at, isKey, text }: Passage, voice: Voice): Finding {
  return {
    detector: voice.id,
    rule: "disguised",
    severity: "medium",
    confidence: "soft",
    family: "disguise",
    at,
    isKey,
    span: { start, end },
    evidence: masked(text.slice(start, end)),
    because: `${voice.subject} hides such words behind ${via.join(" in ")}.`,
    fix: voice.fix,
  };
}

/** The hits, not merely reported, within a stretch of text that has the most families among them. */
function densest(hits: readonly Hit[]): readonly Hit[] {
  const acting = hits.filter(({ isReported }) => !isReported).sort((one, other) => one.start - other.start);
  let best: readonly Hit[] = [];
  let most = 0;
  for (let first = 0, last = 0; first < acting.length; first++) {
    const limit = (acting[first]?.start ?? 0) + TOGETHER;
    while (last < acting.length && (acting[last]?.start ?? 0) <= limit) last++;
    const here = acting.slice(first, last);
    const weight = new Set(here.filter(({ rule }) => rule.severity !== "low").map(({ rule }) => rule.family)).size;
    if (weight > most || best.length === 0) [best, most] = [here, weight];
  }
  return best;
}

function bestOfEachRule(hits: readonly Hit[], near: readonly Hit[]): Hit[] {
  const best = new Map<string, Hit>();
  for (const hit of [...near, ...hits])
    if (!best.has(hit.rule.id) || isBetter(hit, best.get(hit.rule.id))) best.set(hit.rule.id, hit);
  return [...best.values()].sort(
    (one, other) => severities.indexOf(other.rule.severity) - severities.indexOf(one.rule.severity),
  );
}

function isBetter(hit: Hit, known: Hit | undefined): boolean {
  return known !== undefined && known.isReported && !hit.isReported;
}
