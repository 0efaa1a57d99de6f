import type { Anchor } from "../core/detector.ts";
import type { Family, Severity } from "../core/finding.ts";
import { BREAK, STOP, type Lexicon } from "./lexicon.ts";

/**
 * A rule over the concepts of a lexicon rather than over letters. A pattern is a sequence of
 * - `concept` or `one/other`: a word of it; `?` behind makes it optional;
 * - `~3`: up to three words of any kind in the same sentence; `~~3`: also across its end;
 * - `^`: here a sentence or passage begins; `-4 concept`: none of it in the four words before;
 * - `+4 concept`: none of it in the four words that follow.
 */
export type PhraseRule = {
  id: string;
  family: Family;
  severity: Severity;
  /** Ends the sentence "The text …". */
  says: string;
  patterns: readonly string[];
  /** Too common to be said by itself: counts only near a stronger sign of one of these families. */
  beside?: readonly Family[];
};

/** `needs` are the numbers of the parts that cannot be left out. */
export type CompiledPattern = { rule: PhraseRule; needs: readonly number[]; shape: RegExp };

export type CompiledPhrases = {
  patterns: readonly CompiledPattern[];
  /** By sign: the parts that a word with it can stand for. */
  partsOf: ReadonlyMap<string, readonly number[]>;
  partCount: number;
};

/** Rules as regular expressions over signs; gaps are bounded, so matching is linear. */
export function compilePhrases(rules: readonly PhraseRule[], lexicon: Lexicon): CompiledPhrases {
  const parts = new Map<string, number>();
  const numberOf = (part: string): number => {
    const number = parts.get(part) ?? parts.size;
    parts.set(part, number);
    return number;
  };
  const patterns = rules.flatMap((rule) =>
    rule.patterns.map((pattern) => ({ rule, needs: needsOf(pattern).map(numberOf), shape: shapeOf(pattern, lexicon) })),
  );
  const partsOf = new Map<string, number[]>();
  for (const [part, number] of parts) {
    for (const sign of signs(part, lexicon).slice(1, -1)) partsOf.set(sign, [...(partsOf.get(sign) ?? []), number]);
  }
  return { patterns, partsOf, partCount: parts.size };
}

/**
 * What a gate must look for: of every part of a pattern that cannot be left out, a word; where a
 * part consists of marks like `<system`, these alone.
 */
export function anchorsOf(rules: readonly PhraseRule[], lexicon: Lexicon): Anchor[] {
  const remembered = new Map<string, readonly string[]>();
  const wordsOf = (part: string): readonly string[] => {
    const words = remembered.get(part) ?? part.split("/").flatMap(lexicon.wordsOf);
    remembered.set(part, words);
    return words;
  };
  return rules.flatMap(({ patterns }) =>
    patterns.flatMap((pattern): Anchor[] => {
      const needs = needsOf(pattern).map(wordsOf);
      const marks = needs.find((words) => words.every((word) => /^[<#]/.test(word)));
      return marks === undefined ? [needs.filter((words) => !words.some(isMereSign))] : marks.flatMap(spellingsOf);
    }),
  );
}

function needsOf(pattern: string): string[] {
  const parts = pattern.split(" ");
  return parts.filter(
    (part, index) => /^[a-z:]/.test(part) && !part.endsWith("?") && !/^[-+]/.test(parts[index - 1] ?? ""),
  );
}

function isMereSign(word: string): boolean {
  return /^[\x21-\x7e]+$/.test(word) && !/^\.?[a-z0-9]+$/i.test(word);
}

function spellingsOf(mark: string): string[] {
  if (mark === "<!--") return [mark];
  const openings = mark.startsWith("#") ? ["#", "# "] : ["<", "["];
  return openings.map((opening) => opening + mark.slice(1));
}

function shapeOf(pattern: string, lexicon: Lexicon): RegExp {
  const parts = pattern.split(" ");
  let source = "";
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index] ?? "";
    const count = Number(part.slice(1));
    if (part === "^") source += `(?<=^|[${STOP}${BREAK}${lexicon.signsOf(":")}])`;
    else if (part.startsWith("~~")) source += `.{0,${part.slice(2)}}?`;
    else if (part.startsWith("~")) source += `(?:[^${STOP}${BREAK}]${BREAK}?){0,${count}}?`;
    else if (part.startsWith("-")) source += `(?<!${signs(parts[++index], lexicon)}[^${STOP}]{0,${count - 1}})`;
    else if (part.startsWith("+")) source += `(?![^${STOP}]{0,${count - 1}}${signs(parts[++index], lexicon)})`;
    else if (part.endsWith("?")) source += `${signs(part.slice(0, -1), lexicon)}?${BREAK}?`;
    else source += `${signs(part, lexicon)}${index < parts.length - 1 ? `${BREAK}?` : ""}`;
  }
  return new RegExp(source, "gs");
}

function signs(concepts: string | undefined, lexicon: Lexicon): string {
  const all = (concepts ?? "").split("/").map((concept) => {
    const found = lexicon.signsOf(concept);
    if (found === "") throw new Error(`No words for "${concept}"`);
    return found;
  });
  return `[${all.join("")}]`;
}
