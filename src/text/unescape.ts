import { MappedWriter, type Mapped } from "./mapped.ts";

const entities: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  shy: "",
  zwj: "",
  zwnj: "",
  zerowidthspace: "",
  nobreak: "",
  period: ".",
  comma: ",",
  colon: ":",
  newline: "\n",
  tab: "\t",
};

const escaped =
  /(?:%[0-9a-f]{2}){1,4096}|&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,14});|\\u[0-9a-f]{4}|\\u\{[0-9a-f]{1,6}\}|\\x[0-9a-f]{2}|=[0-9a-f]{2}(?=[=\w\s])|=\r?\n/gi;

/** By its first sign, what opens the costly look: an escaped ASCII letter, or an entity that hides something. */
const worthIt: readonly (readonly [sign: string, shape: RegExp])[] = [
  ["%", /%(?:25)*[4-7][0-9a-f]|%d[01]%/i],
  ["&", /&(?:amp;)?#|&(?:shy|zw|zero|nobr)/i],
  ["\\", /\\u|\\x[4-7]/i],
  ["=", /=[4-7][0-9a-f]=[4-7][0-9a-f]/i],
];

/**
 * The text with URL, HTML, JSON and quoted-printable escapes resolved, once; undefined where
 * nothing in it is worth the work.
 */
export function unescaped(text: string): Mapped | undefined {
  if (!worthIt.some(([sign, shape]) => text.includes(sign) && shape.test(text))) return undefined;
  const isQuotedPrintable = /=[4-7][0-9a-f]=[4-7][0-9a-f]/i.test(text);
  const writer = new MappedWriter();
  let copied = 0;
  let changes = 0;
  for (const match of text.matchAll(escaped)) {
    const plain = resolve(match[0], isQuotedPrintable);
    if (plain === undefined) continue;
    writer.copy(text.slice(copied, match.index), copied);
    copied = match.index + match[0].length;
    writer.replace(plain, match.index, copied);
    changes++;
  }
  if (changes === 0) return undefined;
  writer.copy(text.slice(copied), copied);
  return writer.finish();
}

function resolve(found: string, isQuotedPrintable: boolean): string | undefined {
  if (found.startsWith("%")) return fromBytes(found.slice(1).split("%"));
  if (found.startsWith("&#")) return fromCode(found.slice(2, -1).replace(/^x/i, "0x"));
  if (found.startsWith("&")) return entities[found.slice(1, -1).toLowerCase()];
  if (found.startsWith("\\")) return fromCode(`0x${found.slice(2).replace(/[{}]/g, "")}`);
  if (!isQuotedPrintable) return undefined;
  return /\s/.test(found) ? "" : fromBytes([found.slice(1)]);
}

function fromBytes(hex: readonly string[]): string {
  return new TextDecoder().decode(Uint8Array.from(hex, (pair) => Number.parseInt(pair, 16)));
}

function fromCode(digits: string): string | undefined {
  const code = Number(digits);
  return code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
