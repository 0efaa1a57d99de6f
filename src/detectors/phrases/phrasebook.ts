import type { Anchor } from "../../core/detector.ts";
import { buildLexicon, type Lexicon } from "../../text/lexicon.ts";
import { anchorsOf, compilePhrases, type CompiledPhrases, type PhraseRule } from "../../text/phrases.ts";
import { deeds } from "./deeds.ts";
import { leaking } from "./leaking.ts";
import concepts from "./lexicon.json" with { type: "json" };
import { override } from "./override.ts";
import { persona } from "./persona.ts";

/** Concepts worth finding backwards and in ROT13. */
const strong = ["ignore", "prior-sure", "instruction", "credential", "reveal"];

/** The rules for texts that speak to the model, the words they are made of, and what a gate looks for. */
export type Phrasebook = { lexicon: Lexicon; phrases: CompiledPhrases; security: RegExp };

export const phraseRules: readonly PhraseRule[] = [...override, ...persona, ...leaking, ...deeds];

let words: Lexicon | undefined;
let book: Phrasebook | undefined;

function lexicon(): Lexicon {
  return (words ??= buildLexicon(concepts, strong));
}

/** Built when the first text needs it: a quiet session never pays for it. */
export function phrasebook(): Phrasebook {
  book ??= {
    lexicon: lexicon(),
    phrases: compilePhrases(phraseRules, lexicon()),
    security: new RegExp(`[${lexicon().signsOf("security")}]`, "g"),
  };
  return book;
}

/** What must occur in a text for a phrase to stand in it. */
export function phraseAnchors(): readonly Anchor[] {
  const onTheirOwn = phraseRules.filter(({ beside }) => beside === undefined);
  return [...anchorsOf(onTheirOwn, lexicon()), [lexicon().turnedWords]];
}
