import { normalise } from "../../text/normalise.ts";
import words from "./words.json" with { type: "json" };

/** What a form can ask for that it must not: the rule of the finding. */
export type SecretKind = keyof typeof words;

type Word = { word: string; kind: SecretKind };

const kinds = Object.entries(words).map(([kind, languages]) => ({ kind: kind as SecretKind, languages }));

/** English words, the longest first: they must end the name of the thing asked for. */
export const englishWords: readonly Word[] = byLength(
  kinds.flatMap(({ kind, languages }) => languages.en.map((word) => ({ word, kind }))),
);

/** Words of the other languages, the longest first. */
export const otherWords: readonly Word[] = byLength(
  kinds.flatMap(({ kind, languages }) =>
    Object.entries(languages).flatMap(([language, list]) =>
      language === "en" ? [] : list.map((word) => ({ word: plain(word), kind })),
    ),
  ),
);

/** Lower case, without accents and invisible characters, white space folded. */
export function plain(text: string): string {
  return normalise(text).text.toLowerCase().replace(/\s+/g, " ").trim();
}

function byLength(list: readonly Word[]): Word[] {
  return list.toSorted((one, other) => other.word.length - one.word.length);
}
