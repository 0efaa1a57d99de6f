import { secretWords, type SecretKind } from "./secret-words.ts";

/** Where the name of a thing ends: "your password for the mail server" asks for a password. */
const end =
  /[.,;:!?()[\]{}|\n"“”]| - | – | — |\b(?:of|for|to|from|about|on|in|into|at|with|by|that|which|used|using|as|via|when|if|is|are|was|will|must|should|here|below|above|again|now|please|so|we|you|then|it|this)\b/;

const start =
  /^(?:please |kindly |now |first |then |also )*(?:(?:re-?)?enter|type|provide|supply|input|paste|submit|fill in|give|specify|confirm|repeat|choose|set|create)\b(?: (?:us|me|in))?/;

const asking =
  /\b(?:(?:re-?)?enter|type(?: in)?|provide|supply|input|paste|submit|share|send|give|tell|confirm|verify|fill in|insert|need|what is|what's|(?:sign|log) in with|authenticate with|unlock (?:it )?with)(?: (?:us|me|in))?\b/g;
/** A code that only its owner can have received. */
const sentCode =
  /\b(?:enter|type|provide|submit|paste|share|give|tell)\b[^.]{0,40}\bcode\b[^.]{0,40}\b(?:sent|texted|e-?mailed|received|authenticator|sms|text message)\b/;
const negated = /\b(?:never|not|no|don'?t|won'?t|isn'?t|cannot|can'?t|without|instead of)\b/;
const required = /^(.{2,60}?) (?:is |are )?(?:required|needed)\b/;

/** Trailing words of field names that change nothing. */
const trailing =
  / (?:value|confirm|confirmation|again|repeat|repeated|verify|new|old|current|input|text|string|field|\d+)$/;
/** Deeds done to a secret, and other things that are called by its name. */
const others =
  /^(?:reset|rotate|change|delete|revoke|create|generate|remove|update|show|manage|renew|list|forgot|select|choose|which|view|has|is|use|uses|with|enable|store|require[sd]?|no)\b|\b(?:next|page|stop|start|end|eos|pad|continuation|cursor|sync|design|csrf|max|gpio|map|library|loyalty|membership|business|report|gift|id) \S+(?: \S+)?$/;

/** "GitHub password:" asks by naming the thing; a longer phrase says something about it. */
const FEW_WORDS = 3;

/** The kind of secret that a name or label stands for: its last word counts, not any word. */
export function namedSecret(label: string, mostWords = 20): SecretKind | undefined {
  const name = label.replace(start, "").trim();
  const head = ` ${(name.split(end, 1)[0] ?? "").trim().replaceAll("-", " ")}`.replace(trailing, "");
  if (head.split(" ").length > mostWords + 1 || others.test(head.trim())) return undefined;
  return secretWords().english.find(({ word }) => head.endsWith(` ${word}`))?.kind;
}

/** The words of a member's name: `newApiKey_2` is "new api key 2". */
export function spelledOut(name: string): string {
  return name
    .replace(/([a-z\d])([A-Z])|([A-Z])([A-Z][a-z])/g, "$1$3 $2$4")
    .replace(/[_\s.-]+/g, " ")
    .toLowerCase()
    .trim();
}

/** The kind of secret that a text asks its reader to give. */
export function requestedSecret(text: string): SecretKind | undefined {
  for (const sentence of text.split(/[.!?\n;]/)) {
    if (negated.test(sentence)) continue;
    if (sentCode.test(sentence)) return "code";
    for (const { 0: verb, index } of sentence.matchAll(asking)) {
      const wanted = sentence.slice(index + verb.length, index + verb.length + 160).split(/,| and | or | & | plus |\//);
      for (const each of wanted) {
        const kind = namedSecret(each.trim());
        if (kind !== undefined) return kind;
      }
    }
    const thing = required.exec(sentence.trim())?.[1];
    const kind = thing === undefined ? undefined : namedSecret(thing);
    if (kind !== undefined) return kind;
  }
  return /^(?:the|this|that|no)\b/.test(text)
    ? undefined
    : namedSecret(text.replace(/^\[[^\]]{0,20}\] ?/, ""), FEW_WORDS);
}
