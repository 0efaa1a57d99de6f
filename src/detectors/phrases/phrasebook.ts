import type { Anchor } from "../../core/detector.ts";
import { buildLexicon, type Lexicon } from "../../text/lexicon.ts";
import { anchorsOf, compilePhrases, type CompiledPhrases, type PhraseRule } from "../../text/phrases.ts";
import { deeds } from "./deeds.ts";
import { leaking } from "./leaking.ts";
import words from "./lexicon.json" with { type: "json" };
import { override } from "./override.ts";
import { persona } from "./persona.ts";

/** Concepts worth finding backwards and in ROT13. */
const strong = ["ignore", "prior-sure", "instruction", "credential", "reveal"];

/** The rules for texts that speak to the model, the words they are made of, and what a gate looks for. */
export type Phrasebook = { lexicon: Lexicon; phrases: CompiledPhrases; security: RegExp };

export const phraseRules: readonly PhraseRule[] = [...override, ...persona, ...leaking, ...deeds];

const lexicon = buildLexicon(words, strong);
let book: Phrasebook | undefined;

/** Built when the first text needs it: a quiet session never pays for it. */
export function phrasebook(): Phrasebook {
  book ??= {
    lexicon,
    phrases: compilePhrases(phraseRules, lexicon),
    security: new RegExp(`[${lexicon.signsOf("security")}]`, "g"),
  };
  return book;
}

export const phraseAnchors: readonly Anchor[] = [
  ...anchorsOf(
    phraseRules.filter(({ beside }) => beside === undefined),
    lexicon,
  ),
  [lexicon.turnedWords],
];
