import type { Anchor } from "../core/detector.ts";
import { buildAutomaton, OPEN, type Automaton } from "./automaton.ts";
import { buildAnchorWords, type AnchorWords } from "./anchor-words.ts";
import { literalPattern, markPatterns } from "./marks.ts";
import { runAutomaton } from "./runs.ts";
import { WordScan } from "./word-scan.ts";

/** A look at bytes that arrive in pieces. */
export type Scan = {
  push(chunk: Uint8Array): void;
  /** True once something was seen that a detector may have to read. It stays true. */
  readonly open: boolean;
};

/**
 * Says of raw JSON bytes whether any text in them can concern a detector that named anchors:
 * `false` is certain, `true` costs a closer look. One linear pass.
 */
export type Gate = {
  isOpen(bytes: Uint8Array): boolean;
  createScan(): Scan;
};

export type GateTables = { words: AnchorWords; marks: Automaton; runs: Automaton };

/** Bytes between two looks at whether the gate is open. */
const STRIDE = 4096;

export function buildGate(anchors: readonly Anchor[]): Gate {
  return gateOf(buildTables(anchors));
}

export function buildTables(anchors: readonly Anchor[]): GateTables {
  const literals = anchors.filter((anchor) => typeof anchor === "string");
  const groups = anchors.filter((anchor) => typeof anchor !== "string");
  return {
    words: buildAnchorWords(groups),
    marks: buildAutomaton([...markPatterns(), ...literals.flatMap(literalPattern)]),
    runs: runAutomaton(),
  };
}

export function gateOf(tables: GateTables): Gate {
  const whole = new GateScan(tables);
  return {
    createScan: () => new GateScan(tables),
    isOpen(bytes) {
      whole.begin();
      whole.push(bytes);
      return whole.open;
    },
  };
}

class GateScan implements Scan {
  readonly #words: WordScan;
  readonly #marks: Automaton;
  readonly #runs: Automaton;
  /** By byte: its class for the marks, and above it that for the runs. */
  readonly #classes: Uint16Array;
  #mark = 0;
  #run = 0;

  constructor({ words, marks, runs }: GateTables) {
    this.#words = new WordScan(words);
    this.#marks = marks;
    this.#runs = runs;
    this.#classes = Uint16Array.from(marks.classOf, (id, byte) => id | ((runs.classOf[byte] ?? 0) << 8));
  }

  /** Forgets what was seen: one scan serves all messages that come whole. */
  begin(): void {
    this.#mark = 0;
    this.#run = 0;
    this.#words.begin();
  }

  get open(): boolean {
    return this.#mark === OPEN || this.#run === OPEN || this.#words.open;
  }

  push(chunk: Uint8Array): void {
    for (let from = 0; from < chunk.length && !this.open; from += STRIDE) {
      const to = Math.min(from + STRIDE, chunk.length);
      this.#scan(chunk, from, to);
      this.#words.push(chunk, from, to);
    }
  }

  #scan(chunk: Uint8Array, from: number, to: number): void {
    const { next: markNext, shift: markShift } = this.#marks;
    const { next: runNext, shift: runShift } = this.#runs;
    const classes = this.#classes;
    let mark = this.#mark;
    let run = this.#run;
    for (let at = from; at < to; at++) {
      const both = classes[chunk[at] as number] as number;
      mark = markNext[(mark << markShift) | (both & 0xff)] as number;
      run = runNext[(run << runShift) | (both >> 8)] as number;
    }
    this.#mark = mark;
    this.#run = run;
  }
}
