import type { Passage } from "../../core/passage.ts";
import type { Span } from "../../text/mapped.ts";
import { isMadeUp } from "./made-up.ts";
import type { Secret } from "./secrets-in.ts";

/** Forty characters alone could be anything; a secret key is one only beside the id it belongs to. */
const forty = /(?:(?<![A-Za-z0-9/+])|(?<=\\[nrt]))[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/g;

/** How far from the id the secret key may stand. */
const NEAR = 400;

const kind = { id: "aws-secret-key", title: "an AWS secret key", isBare: true };

/** The secret keys that belong to the access keys found: near them, or in a neighbouring member. */
export function awsSecretKeys(found: readonly Secret[], passages: readonly Passage[]): Secret[] {
  const ids = found.filter((secret) => secret.kind.id === "aws-access-key");
  if (ids.length === 0) return [];
  const around = new Map<Passage, Span[]>();
  for (const { passage, start, end } of ids) widen(around, passage, start - NEAR, end + NEAR);
  const parents = new Set(ids.filter(isWhole).map(({ passage }) => parentOf(passage.at)));
  if (parents.size > 0) {
    for (const passage of passages)
      if (passage.text.length < NEAR && parents.has(parentOf(passage.at)))
        widen(around, passage, 0, passage.text.length);
  }
  return [...around].flatMap(([passage, spans]) => spans.flatMap((span) => keysIn(passage, span)));
}

/** Adds a stretch of a passage to look at; stretches come in order, and those that touch become one. */
function widen(around: Map<Passage, Span[]>, passage: Passage, from: number, to: number): void {
  const spans = around.get(passage) ?? [];
  around.set(passage, spans);
  const last = spans.at(-1);
  if (last !== undefined && from <= last.end) last.end = Math.max(last.end, to);
  else spans.push({ start: Math.max(0, from), end: to });
}

function keysIn(passage: Passage, { start, end }: Span): Secret[] {
  const keys: Secret[] = [];
  for (const { 0: text, index } of passage.text.slice(start, end).matchAll(forty)) {
    if (!/[a-z]/.test(text) || !/[A-Z]/.test(text) || !/\d/.test(text) || isMadeUp(text)) continue;
    keys.push({
      passage,
      kind,
      text,
      confidence: "hard",
      start: start + index,
      end: start + index + text.length,
    });
  }
  return keys;
}

function isWhole({ passage, text }: Secret): boolean {
  return passage.text.trim() === text;
}

function parentOf(pointer: string): string {
  return pointer.slice(0, pointer.lastIndexOf("/"));
}
