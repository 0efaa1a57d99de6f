import type { AnchorWords } from "./anchor-words.ts";
import type { Automaton } from "./automaton.ts";
import type { GateTables } from "./gate.ts";

/** A gate's tables as plain JSON: made once by the build, so that the shim need not make them at every start. */
export type PackedGate = { words: PackedWords; marks: PackedAutomaton; runs: PackedAutomaton };

type PackedWords = {
  slots: number;
  entries: readonly (readonly number[])[];
  anchorsOf: readonly (readonly number[])[];
  wanted: readonly number[];
};

/** Most states lead where the start leads; only the others are written: state and class in one, then the target. */
type PackedAutomaton = {
  shift: number;
  classOf: readonly number[];
  states: number;
  start: readonly number[];
  others: readonly number[];
};

export function packGate({ words, marks, runs }: GateTables): PackedGate {
  return { words: packWords(words), marks: packAutomaton(marks), runs: packAutomaton(runs) };
}

export function unpackGate({ words, marks, runs }: PackedGate): GateTables {
  return { words: unpackWords(words), marks: unpackAutomaton(marks), runs: unpackAutomaton(runs) };
}

function packWords({ hashes, groups, anchorsOf, wanted }: AnchorWords): PackedWords {
  const entries: number[][] = [];
  for (const [slot, ids] of groups.entries()) if (ids !== undefined) entries.push([slot, hashes[slot] ?? 0, ...ids]);
  return { slots: hashes.length, entries, anchorsOf, wanted };
}

function unpackWords({ slots, entries, anchorsOf, wanted }: PackedWords): AnchorWords {
  const hashes = new Int32Array(slots);
  const groups: (readonly number[] | undefined)[] = Array.from({ length: slots }, () => undefined);
  for (const [slot = 0, hash = 0, ...ids] of entries) {
    hashes[slot] = hash;
    groups[slot] = ids;
  }
  return { hashes, groups, anchorsOf, wanted };
}

function packAutomaton({ next, classOf, shift }: Automaton): PackedAutomaton {
  const width = 1 << shift;
  const start = [...next.subarray(0, width)];
  const others: number[] = [];
  for (const [place, target] of next.entries()) {
    if (place >= width && target !== start[place % width]) others.push(place, target);
  }
  return { shift, classOf: [...classOf], states: next.length / width, start, others };
}

function unpackAutomaton({ shift, classOf, states, start, others }: PackedAutomaton): Automaton {
  const next = new Uint16Array(states << shift);
  for (let state = 0; state < states; state++) next.set(start, state << shift);
  for (let index = 0; index < others.length; index += 2) next[others[index] ?? 0] = others[index + 1] ?? 0;
  return { next, classOf: Uint8Array.from(classOf), shift };
}
