import type { Detector } from "../core/detector.ts";
import type { Finding } from "../core/finding.ts";
import type { Passage } from "../core/passage.ts";
import { isWindow } from "./bites.ts";
import type { Carried } from "./carried.ts";
import type { Failure, Situation } from "./step.ts";

/** A detector may take this many milliseconds for a message, plus as much for every 64 KiB of it. */
const ALLOWED = 100;
/** Bytes: what the suite allows for a megabyte leaves a smaller message far below the limit, and asking the time costs more than looking. */
const UNMEASURED = 16 * 1024;

/** One detector's look at one message, which may come in several bites. */
export class Inspection {
  readonly #detector: Detector;
  readonly #situation: Situation;
  /** Most find nothing. */
  #found: Set<string> | undefined;
  /** Rules with the places they spoke of. */
  #spoken: Set<string> | undefined;
  #elapsed = 0;
  #error: string | undefined;

  constructor(detector: Detector, situation: Situation) {
    this.#detector = detector;
    this.#situation = situation;
  }

  /** What the detector says of a bite; what it said of an overlap before is left out. Never throws. */
  look(bite: readonly Passage[]): readonly Finding[] {
    return this.#findingsIn(bite, placed);
  }

  /** What it says of texts together with what was said before: only what the message itself adds. Never throws. */
  lookBack(bite: readonly Carried[]): readonly Finding[] {
    return this.#findingsIn(bite, (findings) =>
      newlySaid(findings, bite).filter(({ rule, at }) => this.#spoken?.has(`${rule} ${at}`) !== true),
    );
  }

  #findingsIn<T extends Passage>(
    bite: readonly T[],
    place: (findings: readonly Finding[], passages: readonly T[]) => readonly Finding[],
  ): readonly Finding[] {
    const { meta } = this.#detector;
    const passages = bite.filter(({ role }) => meta.roles.includes(role));
    if (this.#error !== undefined || (passages.length === 0 && meta.roles.length > 0)) return [];
    const isMeasured = meta.roles.length > 0 && this.#situation.message.bytes.length > UNMEASURED;
    const clock = isMeasured ? this.#situation.clock : undefined;
    const started = clock?.() ?? 0;
    try {
      const findings = this.#detector.inspect({ ...this.#situation, passages });
      return findings.length === 0 ? findings : this.#anew(place(findings, passages));
    } catch (error) {
      this.#error = error instanceof Error ? error.message : String(error);
      return [];
    } finally {
      this.#elapsed += (clock?.() ?? 0) - started;
    }
  }

  failure(): Failure | undefined {
    const detector = this.#detector.meta.id;
    if (this.#error !== undefined) return { detector, what: this.#error };
    const size = this.#situation.message.bytes.length;
    if (this.#elapsed <= ALLOWED * (1 + size / 65_536)) return undefined;
    return { detector, what: `took ${Math.round(this.#elapsed)} ms for ${size} bytes` };
  }

  #anew(findings: readonly Finding[]): readonly Finding[] {
    const found = (this.#found ??= new Set());
    const spoken = (this.#spoken ??= new Set());
    return findings.filter(({ rule, at, span, isKey }) => {
      const identity = `${rule} ${at} ${isKey === true} ${span?.start} ${span?.end}`;
      const isNew = !found.has(identity);
      found.add(identity);
      spoken.add(`${rule} ${at}`);
      return isNew;
    });
  }
}

/** Findings with their offsets into the whole text; of a decoded blob only the whole can be replaced, by nothing. */
function placed(findings: readonly Finding[], passages: readonly Passage[]): readonly Finding[] {
  const special = passages.filter((passage) => passage.isDecoded === true || isWindow(passage));
  if (special.length === 0) return findings;
  const byPlace = new Map(special.map((passage) => [passage.at, passage]));
  return findings.map((finding) => {
    const passage = byPlace.get(finding.at);
    if (passage === undefined) return finding;
    const { span, ...rest } = finding;
    if (passage.isDecoded === true) return { ...rest, placeholder: "" };
    if (span === undefined || !isWindow(passage)) return finding;
    return { ...rest, span: { start: span.start + passage.offset, end: span.end + passage.offset } };
  });
}

/**
 * Findings in windows that begin with earlier words, placed in the message. What only those words say
 * was found when they came; it counts again beside what the message adds at the same place.
 */
function newlySaid(findings: readonly Finding[], windows: readonly Carried[]): readonly Finding[] {
  const byPlace = new Map(windows.map((window) => [window.at, window]));
  const isNew = ({ at, span }: Finding): boolean => span === undefined || span.end > (byPlace.get(at)?.earlier ?? 0);
  const added = new Set(findings.filter(isNew).map(({ at }) => at));
  return findings.flatMap((finding) => {
    if (!added.has(finding.at)) return [];
    const { span, placeholder, ...rest } = finding;
    const offset = byPlace.get(finding.at)?.offset ?? 0;
    if (span === undefined) return finding;
    const [start, end] = [span.start + offset, Math.max(0, span.end + offset)];
    if (start >= 0) return { ...finding, span: { start, end } };
    // A placeholder that quotes the text would repeat what was said before.
    const isMark = placeholder?.startsWith("‹") === true;
    return { ...rest, span: { start: 0, end }, ...(isMark ? { placeholder } : {}) };
  });
}
