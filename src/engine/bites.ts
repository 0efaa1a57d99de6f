import type { Passage } from "../core/passage.ts";

/** UTF-16 units of text looked at together: what a look makes of them is gone before the next. */
const BITE = 256 * 1024;
/** What lies across two windows of a long text is whole in one of them. */
const OVERLAP = 4096;

/** A part of a long text; offsets into it are `offset` less than those into the whole. */
export type Window = Passage & { offset: number };

/** Passages in portions, so that a large message needs little more memory than itself. */
export function* bitesOf(passages: Iterable<Passage>): Generator<readonly Passage[]> {
  let bite: Passage[] = [];
  let size = 0;
  for (const passage of passages) {
    for (const part of passage.text.length > BITE ? windowsOf(passage) : [passage]) {
      bite.push(part);
      size += part.text.length;
      if (size < BITE) continue;
      yield bite;
      bite = [];
      size = 0;
    }
  }
  yield bite;
}

function* windowsOf(passage: Passage): Generator<Window> {
  const { role, at, text, isKey, isDecoded } = passage;
  for (let offset = 0; offset < text.length; offset += BITE - OVERLAP) {
    yield {
      role,
      at,
      text: text.slice(offset, offset + BITE),
      isKey,
      offset,
      ...(isDecoded === true ? { isDecoded } : {}),
    };
    if (offset + BITE >= text.length) return;
  }
}

export function isWindow(passage: Passage): passage is Window {
  return "offset" in passage;
}
