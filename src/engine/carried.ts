import type { Memory } from "../core/memory.ts";
import type { Message } from "../core/message.ts";
import { streamedTexts, type StreamedTexts } from "../protocols/a2a/streamed-texts.ts";
import type { Window } from "./bites.ts";

/** UTF-16 units of a text's end that are kept: phrases further apart do not belong together. */
const KEPT = 2048;
/** Windows of one message; a text in more pieces is looked at in larger steps. */
const MOST = 200;

const wordEnd = /[\p{L}\p{N}]$/u;
const wordStart = /^[\p{L}\p{N}]/u;

/** A text with what was said before it; of that, the first `earlier` units came with earlier messages, or were looked at. */
export type Carried = Window & { earlier: number };

/**
 * Texts that go on where an earlier piece stopped, together with the end of that piece: as they stand
 * side by side, and, where the border would be within a word, also with a space between. Each list is
 * one bite, and the offset of each window is negative.
 */
export function carriedWindows({ tails }: Readonly<Memory>, message: Message): Carried[][] {
  const joined: Carried[] = [];
  const spaced: Carried[] = [];
  for (const { key, continues, texts } of streamedTexts(message)) {
    const tail = continues ? (tails.get(ownKey(key, message)) ?? tails.get(key) ?? "") : "";
    const [first, ...others] = texts;
    if (first === undefined) continue;
    if (tail !== "") joined.push(windowOf(first.at, tail, "", first.text));
    if (isOneWord(tail, first.text)) spaced.push(windowOf(first.at, `${tail.slice(1)} `, "", first.text));
    joined.push(...windowsWithin(endOf(tail + first.text), others, MOST - joined.length));
  }
  return [joined, spaced].filter((bite) => bite.length > 0);
}

/**
 * Detectors read the pieces of one message side by side, as if a space were between. From the first
 * word on that this would break, they are looked at as they stand.
 */
function windowsWithin(before: string, texts: StreamedTexts["texts"], most: number): Carried[] {
  const windows: Carried[] = [];
  let tail = before;
  let passed = "";
  let isBroken = false;
  for (const [index, { at, text }] of texts.entries()) {
    isBroken ||= isOneWord(tail, text);
    const isDue = windows.length < most || passed.length > KEPT / 2 || index === texts.length - 1;
    if (isBroken && isDue) windows.push(windowOf(at, tail, passed, text));
    if (isBroken && !isDue) passed += text;
    else {
      tail = endOf(tail + passed + text);
      passed = "";
    }
  }
  return windows;
}

/** How the texts of a message end, by the keys under which that is remembered. */
export function tailsAfter({ tails }: Readonly<Memory>, message: Message): [key: string, tail: string][] {
  return streamedTexts(message).flatMap(({ key, continues, texts }) => {
    const said = texts.map(({ text }) => text).join("");
    return [ownKey(key, message), key].map((each): [string, string] => {
      return [each, endOf((continues ? (tails.get(each) ?? "") : "") + said)];
    });
  });
}

/** A word goes on across the border. */
function isOneWord(before: string, after: string): boolean {
  return wordStart.test(after) && wordEnd.test(before.slice(-2));
}

/** The same task may be followed by several streams at a time, and one stream after the other. */
function ownKey(key: string, { id }: Message): string {
  return `${typeof id} ${String(id).slice(0, 100)} ${key}`;
}

function windowOf(at: string, tail: string, passed: string, text: string): Carried {
  const before = tail + passed;
  // Further in, the text reads the same with or without what was said before.
  const here = text.slice(0, KEPT);
  return { role: "agent-message", at, text: before + here, isKey: false, offset: -before.length, earlier: tail.length };
}

function endOf(text: string): string {
  // A copy, or the memory would keep the whole text alive.
  return text.length <= KEPT ? text : Buffer.from(text.slice(-KEPT), "utf16le").toString("utf16le");
}
