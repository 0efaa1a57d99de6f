import type { Anchor } from "../../core/detector.ts";
import type { Confidence } from "../../core/finding.ts";
import { isMadeUp } from "./made-up.ts";

/** One kind of secret. */
export type Format = {
  /** Names the rule and the placeholder: `aws-access-key`. */
  id: string;
  /** With its article: "an AWS access key". */
  title: string;
  /** Every such secret has one of these, of two ASCII characters at least, at its beginning or `before` further in. */
  words: readonly string[];
  /** How many characters of the secret may stand in front of the word. */
  before: number;
  /** Sticky. The secret is its first group, which ends it, or the whole match. */
  pattern: RegExp;
  /** What opens the gate, where the words themselves are too common for it. */
  anchors: readonly Anchor[];
  /** True where the secret's own first characters say nothing about its kind, so none of them is shown. */
  isBare: boolean;
  /** How sure it is that `secret`, found at `at` in `text`, is real; undefined for an example. */
  judge(secret: string, text: string, at: number): Confidence | undefined;
};

type Described = Pick<Format, "id" | "title" | "words"> &
  Partial<Pick<Format, "before" | "anchors" | "isBare" | "judge">> & { secret: RegExp };

/** A token begins where no other word goes on; `\n` before it may be an escape in JSON within the text. */
const BEGIN = String.raw`(?:(?<![0-9A-Za-z])|(?<=\\[nrt]))`;
const END = "(?![0-9A-Za-z])";

export function format({ secret, ...described }: Described): Format {
  return {
    before: 0,
    anchors: described.words.map((word) => word.toLowerCase()),
    isBare: false,
    judge: (found) => (isMadeUp(found) ? undefined : "hard"),
    ...described,
    pattern: new RegExp(BEGIN + secret.source + END, "y"),
  };
}

/** The word with each of the characters that can follow it: narrower than the word alone. */
export function followedBy(word: string, characters: string): string[] {
  return [...characters].map((character) => word + character);
}
