import { normalise } from "../../text/normalise.ts";
import words from "./words.json" with { type: "json" };

/** What a form can ask for that it must not: the rule of the finding. */
export type SecretKind = keyof typeof words;

type Word = { word: string; kind: SecretKind };
type Lists = { english: readonly Word[]; others: readonly Word[] };

let made: Lists | undefined;

/** The names of secrets, the longest first; made when a form is read for the first time. */
export function secretWords(): Lists {
  made ??= { english: listed((language) => language === "en"), others: listed((language) => language !== "en") };
  return made;
}

function listed(isMeant: (language: string) => boolean): Word[] {
  const list: Word[] = [];
  for (const [kind, languages] of Object.entries(words)) {
    for (const [language, names] of Object.entries(languages))
      if (isMeant(language)) for (const name of names) list.push({ word: plain(name), kind: kind as SecretKind });
  }
  return list.toSorted((one, other) => other.word.length - one.word.length);
}

/** Lower case, without accents and invisible characters, white space folded. */
export function plain(text: string): string {
  return normalise(text).text.toLowerCase().replace(/\s+/g, " ").trim();
}
