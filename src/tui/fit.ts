import stringWidth from "string-width";

const segmenter = new Intl.Segmenter();
const plain = /^[ -~]*$/;

/** Columns that a text takes on a terminal. */
export const widthOf = (text: string): number => stringWidth(text);

/** The text in exactly `width` columns: padded with spaces, or cut with `ellipsis` (one column) at its end. */
export function fit(text: string, width: number, ellipsis = "…"): string {
  if (width <= 0) return "";
  const own = widthOf(text);
  if (own <= width) return text + " ".repeat(width - own);
  if (plain.test(text)) return text.slice(0, width - 1) + ellipsis;
  const [head, used] = takeColumns(text, width - 1);
  return head + ellipsis + " ".repeat(width - 1 - used);
}

/** The text in lines of at most `width` columns, broken at spaces where there are any. */
export function wrap(text: string, width: number): readonly string[] {
  const room = Math.max(2, width);
  const lines: string[] = [];
  let rest = text;
  while (widthOf(rest) > room) {
    const [head] = takeColumns(rest, room);
    const space = head.lastIndexOf(" ");
    const end = space > room / 2 ? space : Math.max(1, head.length);
    lines.push(rest.slice(0, end));
    rest = rest.slice(space === end ? end + 1 : end);
  }
  return [...lines, rest];
}

/** The longest beginning of a text that fits, and the columns it takes. */
function takeColumns(text: string, width: number): [string, number] {
  let taken = 0;
  let columns = 0;
  for (const { segment } of segmenter.segment(text)) {
    const own = widthOf(segment);
    if (columns + own > width) break;
    columns += own;
    taken += segment.length;
  }
  return [text.slice(0, taken), columns];
}
