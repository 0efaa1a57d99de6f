import { OPEN, type Automaton } from "./automaton.ts";
import { SHORTEST, SURE } from "./encoded-runs.ts";

/** Classes of bytes: what a run of base64 or hex is made of, what may part single letters, the rest. */
const LOWER = 0;
const UPPER = 1;
const DIGIT = 2;
const SIGN = 3;
const PART = 4;
const OTHER = 5;
const SHIFT = 3;

/** Single letters with a sign between: this many are a spaced-out word. */
const SPACED = 4;

/**
 * An automaton for runs that may be encoded text, and for words spaced out letter by letter. A
 * state is the length of the run so far with the kinds seen in it, or the single letters so far.
 */
export function runAutomaton(): Automaton {
  const builder = new RunStates();
  return { next: builder.table(), classOf: byteClasses(), shift: SHIFT };
}

function byteClasses(): Uint8Array {
  const classOf = new Uint8Array(256).fill(OTHER);
  for (let byte = 97; byte <= 122; byte++) classOf[byte] = LOWER;
  for (let byte = 65; byte <= 90; byte++) classOf[byte] = UPPER;
  for (let byte = 48; byte <= 57; byte++) classOf[byte] = DIGIT;
  for (const sign of "+/") classOf[sign.charCodeAt(0)] = SIGN;
  for (const sign of " ._*~-") classOf[sign.charCodeAt(0)] = PART;
  return classOf;
}

type State = { length: number; kinds: number; singles: number };

const MIXED = (1 << LOWER) | (1 << UPPER) | (1 << DIGIT);

class RunStates {
  readonly #ids = new Map<string, number>([["0,0,0", 0]]);
  readonly #states: State[] = [
    { length: 0, kinds: 0, singles: 0 },
    { length: -1, kinds: 0, singles: 0 },
  ];

  table(): Uint16Array {
    const rows: number[][] = [];
    for (let id = 0; id < this.#states.length; id++) {
      const state = this.#states[id];
      rows.push(
        Array.from({ length: 1 << SHIFT }, (_, byteClass) =>
          id === OPEN || state === undefined ? OPEN : this.#after(state, byteClass),
        ),
      );
    }
    return Uint16Array.from(rows.flat());
  }

  #after({ length, kinds, singles }: State, byteClass: number): number {
    if (byteClass === OTHER) return 0;
    if (byteClass === PART) return this.#id(0, 0, nextSingles(length, kinds, singles));
    const longer = length + 1;
    const seen = byteClass === SIGN ? kinds : kinds | (1 << byteClass);
    if (longer >= SURE || (longer >= SHORTEST && seen === MIXED)) return OPEN;
    const isSingle = longer === 1 && byteClass <= UPPER;
    if (isSingle && singles >= SPACED) return OPEN;
    return this.#id(longer, seen, isSingle ? singles : 0);
  }

  #id(length: number, kinds: number, singles: number): number {
    const key = `${length},${kinds},${singles}`;
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    this.#ids.set(key, this.#states.length);
    return this.#states.push({ length, kinds, singles }) - 1;
  }
}

/** Letters met one by one so far; the last letter of a word may be the first of them. */
function nextSingles(length: number, kinds: number, singles: number): number {
  if (length === 0) return singles;
  if (kinds === 1 << DIGIT) return 0;
  return length === 1 ? singles + 1 : 1;
}
