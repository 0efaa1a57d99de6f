/** Bytes that may stand at one place of a pattern. */
export type ByteSet = ReadonlySet<number>;

/** A finite automaton over bytes. State 0 is the start; `OPEN` is reached by any match and never left. */
export type Automaton = {
  /** `next[(state << shift) | classOf[byte]]`. */
  next: Uint16Array;
  classOf: Uint8Array;
  shift: number;
};

export const OPEN = 1;
const LARGEST = 0xffff;

/**
 * Aho and Corasick's automaton for all patterns at once, blind to the case of ASCII letters. Bytes
 * that no pattern tells apart share a class, so that the table stays small.
 */
export function buildAutomaton(patterns: readonly (readonly ByteSet[])[]): Automaton {
  const { classOf, members, count } = byteClasses(patterns);
  const shift = Math.ceil(Math.log2(Math.max(2, count)));
  const children: number[][] = [[], []];
  for (const pattern of patterns)
    plant(
      children,
      pattern.map((set) => members.get(set) ?? []),
    );
  if (children.length > LARGEST) throw new Error(`Too many states: ${children.length}`);
  return { next: withFailures(children, count, shift), classOf, shift };
}

function byteClasses(patterns: readonly (readonly ByteSet[])[]): {
  classOf: Uint8Array;
  members: Map<ByteSet, number[]>;
  count: number;
} {
  const sets = [...new Set(patterns.flat())];
  const classOf = new Uint8Array(256);
  const known = new Map<string, number>();
  const members = new Map<ByteSet, number[]>(sets.map((set) => [set, []]));
  for (let byte = 0; byte < 256; byte++) {
    const other = otherCase(byte);
    const containing = sets.filter((set) => set.has(byte) || set.has(other));
    const key = containing.map((set) => sets.indexOf(set)).join(" ");
    const isNew = !known.has(key);
    const id = known.get(key) ?? known.size;
    known.set(key, id);
    classOf[byte] = id;
    if (isNew) for (const set of containing) members.get(set)?.push(id);
  }
  return { classOf, members, count: known.size };
}

function otherCase(byte: number): number {
  const isLetter = (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122);
  return isLetter ? byte ^ 32 : byte;
}

/** Adds a path for every way to read the pattern; a way that is already open needs no more. */
function plant(children: number[][], pattern: readonly (readonly number[])[]): void {
  let states = [0];
  for (const [place, classes] of pattern.entries()) {
    const isLast = place === pattern.length - 1;
    const reached: number[] = [];
    for (const state of states) {
      for (const id of classes) {
        const here = children[state] ?? [];
        if (here[id] === OPEN) continue;
        if (isLast) here[id] = OPEN;
        else reached.push((here[id] ??= children.push([]) - 1));
      }
    }
    states = reached;
  }
}

function withFailures(children: readonly (readonly number[])[], count: number, shift: number): Uint16Array {
  const next = new Uint16Array(children.length << shift);
  const fallback = new Uint16Array(children.length);
  for (let id = 0; id < count; id++) next[(OPEN << shift) | id] = OPEN;
  const queue = [0];
  for (let at = 0; at < queue.length; at++) {
    const state = queue[at] ?? 0;
    for (let id = 0; id < count; id++) {
      const onward = state === 0 ? 0 : (next[((fallback[state] ?? 0) << shift) | id] ?? 0);
      const child = children[state]?.[id];
      // A pattern that ends inside another one opens there, too.
      const target = onward === OPEN ? OPEN : (child ?? onward);
      next[(state << shift) | id] = target;
      if (child === undefined || target === OPEN) continue;
      fallback[child] = onward;
      queue.push(child);
    }
  }
  return next;
}
