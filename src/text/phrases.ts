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
};

export type CompiledPattern = { rule: PhraseRule; needs: readonly RegExp[]; shape: RegExp };

/** Rules as regular expressions over signs; gaps are bounded, so matching is linear. */
export function compilePhrases(rules: readonly PhraseRule[], lexicon: Lexicon): CompiledPattern[] {
  return rules.flatMap((rule) => rule.patterns.map((pattern) => compiled(rule, pattern, lexicon)));
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
      const marks = needs.find((words) => words.every((word) => word.startsWith("<")));
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
  return mark === "<!--" ? [mark] : ["<", "[", "#", "# "].map((sign) => sign + mark.slice(1));
}

function compiled(rule: PhraseRule, pattern: string, lexicon: Lexicon): CompiledPattern {
  const parts = pattern.split(" ");
  const needs: RegExp[] = [];
  let source = "";
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index] ?? "";
    const count = Number(part.slice(1));
    if (part === "^") source += `(?<=^|[${STOP}${BREAK}${lexicon.signsOf(":")}])`;
    else if (part.startsWith("~~")) source += `.{0,${part.slice(2)}}?`;
    else if (part.startsWith("~")) source += `[^${STOP}]{0,${count}}?`;
    else if (part.startsWith("-")) source += `(?<!${signs(parts[++index], lexicon)}[^${STOP}]{0,${count - 1}})`;
    else if (part.startsWith("+")) source += `(?![^${STOP}]{0,${count - 1}}${signs(parts[++index], lexicon)})`;
    else if (part.endsWith("?")) source += `${signs(part.slice(0, -1), lexicon)}?`;
    else {
      const one = signs(part, lexicon);
      source += one;
      needs.push(new RegExp(one));
    }
  }
  return { rule, needs, shape: new RegExp(source, "gs") };
}

function signs(concepts: string | undefined, lexicon: Lexicon): string {
  const all = (concepts ?? "").split("/").map((concept) => {
    const found = lexicon.signsOf(concept);
    if (found === "") throw new Error(`No words for "${concept}"`);
    return found;
  });
  return `[${all.join("")}]`;
}
