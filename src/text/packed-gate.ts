import type { AnchorWords } from "./anchor-words.ts";
import type { Automaton } from "./automaton.ts";
import type { GateTables } from "./gate.ts";

/** A gate's tables as plain JSON: made once by the build, so that the shim need not make them at every start. */
export type PackedGate = { words: PackedWords; marks: PackedAutomaton; runs: PackedAutomaton };

/** 32-bit integers in base64: reading them leaves no garbage behind. */
type Integers = string;

type PackedWords = {
  hashes: Integers;
  places: Integers;
  groups: Integers;
  anchorsOf: readonly (readonly number[])[];
  wanted: readonly number[];
};

/** Most states lead where the start leads; only the others are written: place and target. */
type PackedAutomaton = { shift: number; classOf: Integers; states: number; start: Integers; others: Integers };

export function packGate({ words, marks, runs }: GateTables): PackedGate {
  return { words: packWords(words), marks: packAutomaton(marks), runs: packAutomaton(runs) };
}

export function unpackGate({ words, marks, runs }: PackedGate): GateTables {
  return { words: unpackWords(words), marks: unpackAutomaton(marks), runs: unpackAutomaton(runs) };
}

function packWords({ hashes, places, groups, ...anchors }: AnchorWords): PackedWords {
  return { hashes: packed(hashes), places: packed(places), groups: packed(groups), ...anchors };
}

function unpackWords({ hashes, places, groups, ...anchors }: PackedWords): AnchorWords {
  return { hashes: unpacked(hashes), places: unpacked(places), groups: unpacked(groups), ...anchors };
}

function packAutomaton({ next, classOf, shift }: Automaton): PackedAutomaton {
  const width = 1 << shift;
  const start = next.subarray(0, width);
  const others: number[] = [];
  for (const [place, target] of next.entries()) {
    if (place >= width && target !== start[place % width]) others.push(place, target);
  }
  return { shift, classOf: packed(classOf), states: next.length / width, start: packed(start), others: packed(others) };
}

function unpackAutomaton({ shift, classOf, states, start, others }: PackedAutomaton): Automaton {
  const next = new Uint16Array(states << shift);
  const first = unpacked(start);
  for (let state = 0; state < states; state++) next.set(first, state << shift);
  const numbers = unpacked(others);
  for (let index = 0; index < numbers.length; index += 2) next[numbers[index] as number] = numbers[index + 1] as number;
  return { next, classOf: Uint8Array.from(unpacked(classOf)), shift };
}

function packed(numbers: Iterable<number>): Integers {
  return Buffer.from(Int32Array.from(numbers).buffer).toString("base64");
}

function unpacked(text: Integers): Int32Array {
  const numbers = new Int32Array(Math.floor((text.length / 4) * 3) >> 2);
  Buffer.from(numbers.buffer).write(text, "base64");
  return numbers;
}
