import { meaningOf } from "./letter-meanings.ts";

/** Words by hash, the groups they belong to, and which groups must all be seen to open. */
export type AnchorWords = {
  /** By slot: a word's hash. */
  hashes: Int32Array;
  /** By slot: where in `groups` the word's groups begin, after their count; 0 in a free slot. */
  places: Int32Array;
  groups: Int32Array;
  /** By group: the anchors that ask for it. */
  anchorsOf: readonly (readonly number[])[];
  /** By anchor: how many groups it asks for. */
  wanted: readonly number[];
};

/** @param anchors each a list of word groups, of every one of which a word must occur */
export function buildAnchorWords(anchors: readonly (readonly (readonly string[])[])[]): AnchorWords {
  const groupIds = new Map<readonly string[], number>();
  const anchorsOf: number[][] = [];
  const words = new Map<number, Set<number>>();
  for (const [anchor, groups] of anchors.entries()) {
    for (const group of new Set(groups)) {
      const known = groupIds.get(group);
      const id = known ?? groupIds.size;
      (anchorsOf[id] ??= []).push(anchor);
      if (known !== undefined) continue;
      groupIds.set(group, id);
      for (const word of group) if (/^\.?[a-z0-9\xdf-\xff]+$/i.test(word)) remember(words, hashOfWord(word), id);
    }
  }
  return { ...table(words), anchorsOf, wanted: anchors.map((groups) => new Set(groups).size) };
}

function remember(words: Map<number, Set<number>>, hash: number, group: number): void {
  const known = words.get(hash);
  if (known === undefined) words.set(hash, new Set([group]));
  else known.add(group);
}

function hashOfWord(word: string): number {
  let hash = 0;
  for (let at = 0; at < word.length; at++) hash = (Math.imul(hash, 31) + meaningOf(word.charCodeAt(at))) | 0;
  return hash;
}

function table(words: ReadonlyMap<number, ReadonlySet<number>>): Pick<AnchorWords, "hashes" | "places" | "groups"> {
  const size = 1 << Math.ceil(Math.log2(Math.max(16, words.size * 2)));
  const hashes = new Int32Array(size);
  const places = new Int32Array(size);
  const groups: number[] = [0];
  for (const [hash, ids] of words) {
    let slot = hash & (size - 1);
    while (places[slot] !== 0) slot = (slot + 1) & (size - 1);
    hashes[slot] = hash;
    places[slot] = groups.length;
    groups.push(ids.size, ...ids);
  }
  return { hashes, places, groups: Int32Array.from(groups) };
}
