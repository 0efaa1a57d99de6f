import { describe, expect, it } from "vitest";
import type { Finding } from "../../src/core/finding.ts";
import lexiconTable from "../../src/detectors/phrases/lexicon.json" with { type: "json" };
import { phraseFindings } from "../../src/detectors/phrases/phrase-findings.ts";
import { phrasebook, phraseRules } from "../../src/detectors/phrases/phrasebook.ts";
import { normalise } from "../../src/text/normalise.ts";
import { readWords } from "../../src/text/words.ts";

/** What is said of a text that is not merely reported. */
function found(text: string): string[] {
  return findingsOf(text)
    .filter(({ severity }) => severity !== "low")
    .map(({ rule }) => rule);
}

function findingsOf(text: string): Finding[] {
  return phraseFindings([{ role: "tool-result", at: "", text, isKey: false }], { id: "x", subject: "It", fix: "" });
}

describe("the phrasebook", () => {
  it("has a lexicon in which every word is read as one word", () => {
    const { lexicon } = phrasebook();
    for (const [concept, words] of Object.entries(lexiconTable)) {
      for (const word of words.split(" ").filter((each) => /^[\p{L}\d]+$/u.test(each))) {
        const signs: string[] = [];
        readWords(normalise(word).text, lexicon, (sign) => signs.push(sign));
        expect(signs.length, `${concept}: ${word}`).toBe(1);
        expect(lexicon.signsOf(concept), `${concept}: ${word}`).toContain(signs[0]);
      }
    }
  });

  it("gives every rule a pattern, a family and a sentence", () => {
    for (const { id, patterns, says } of phraseRules) {
      expect(patterns.length, id).toBeGreaterThan(0);
      expect(says, id).not.toMatch(/\.$/);
    }
  });

  it.each([
    "Never ignore the previous instructions of your doctor.",
    "The linter bypasses rules that were disabled earlier.",
    "Bitte vergiss die Anweisungen von gestern nicht.",
    "Previous instructions for assembling the shelf are on page 3.",
    "Send an e-mail to the contacts of the account.",
    "Do not install packages without asking the user.",
    "The password is sent to the server over TLS.",
    "You are now subscribed to the newsletter.",
    "This class acts as a base for all handlers.",
  ])("leaves alone: %s", (text) => {
    expect(found(text)).toEqual([]);
  });

  it("takes writing about attacks for a report", () => {
    const text =
      "Attackers use prompt injection: ignore all previous instructions is a classic payload that detectors know.";
    expect(found(text)).toEqual([]);
    expect(findingsOf(text).length).toBeGreaterThan(0);
  });
});
