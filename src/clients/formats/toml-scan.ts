import { parse } from "smol-toml";
import type { Field, Span } from "./format.ts";

/** Names of members; a number stands for a table or value in a list. */
export type Path = readonly (string | number)[];

/** One `key = value` of a TOML text, with its whole path and where its parts stand. */
export type Pair = {
  path: Path;
  key: Span;
  /** The last part of a dotted key. */
  lastKey: Span;
  value: Field;
  /** True inside `{ … }`, where members are parted by commas. */
  inline: boolean;
};

/** Finds all pairs of a text that a TOML parser has already accepted. Linear in the text's length. */
export function scanToml(text: string): readonly Pair[] {
  const scanner = new Scanner(text);
  scanner.document();
  return scanner.pairs;
}

class Scanner {
  readonly pairs: Pair[] = [];
  private at = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  document(): void {
    let table: Path = [];
    for (this.skipTrivia(); this.at < this.text.length; this.skipTrivia()) {
      if (this.peek() === "[") table = this.header();
      else this.pair(table, false);
    }
  }

  private peek(): string {
    return this.text.charAt(this.at);
  }

  private skipTrivia(): void {
    for (let before = -1; before !== this.at;) {
      before = this.at;
      this.at = matchEnd(/[ \t\r\n]+/y, this.text, matchEnd(/#[^\r\n]*/y, this.text, this.at));
    }
  }

  private skipBlanks(): void {
    this.at = matchEnd(/[ \t]*/y, this.text, this.at);
  }

  private header(): Path {
    const isArray = this.text.startsWith("[[", this.at);
    this.at += isArray ? 2 : 1;
    const { path } = this.key();
    this.at += isArray ? 2 : 1;
    return isArray ? [...path, this.at] : path;
  }

  /** A dotted key; leaves the position behind the blanks that follow it. */
  private key(): { path: string[]; key: Span; lastKey: Span } {
    this.skipBlanks();
    const start = this.at;
    const path: string[] = [];
    for (;;) {
      const from = this.at;
      if (/["']/.test(this.peek())) this.string();
      else this.at = Math.max(this.at + 1, matchEnd(/[A-Za-z0-9_-]+/y, this.text, this.at));
      const lastKey = { start: from, end: this.at };
      path.push(keyName(this.text.slice(from, this.at)));
      this.skipBlanks();
      if (this.peek() !== ".") return { path, key: { start, end: lastKey.end }, lastKey };
      this.at += 1;
      this.skipBlanks();
    }
  }

  private pair(table: Path, inline: boolean): void {
    const { path, key, lastKey } = this.key();
    this.at += 1;
    this.skipBlanks();
    const whole = [...table, ...path];
    const value = this.value(whole);
    this.pairs.push({ path: whole, key, lastKey, value, inline });
  }

  private value(path: Path): Field {
    const start = this.at;
    const first = this.peek();
    if (first === "[") return this.list(path);
    if (first === "{") this.inlineTable(path);
    else if (first === '"' || first === "'") this.string();
    else this.scalar();
    return { start, end: this.at, items: undefined, commaEnd: undefined };
  }

  private scalar(): void {
    const end = Math.max(this.at + 1, matchEnd(/[^,\]}#\r\n]*/y, this.text, this.at));
    this.at += this.text.slice(this.at, end).trimEnd().length || 1;
  }

  private string(): void {
    const quote = this.peek();
    if (!this.text.startsWith(quote.repeat(3), this.at)) {
      const single = quote === '"' ? /"(?:[^"\\\r\n]|\\.)*"/y : /'[^'\r\n]*'/y;
      this.at = Math.max(this.at + 1, matchEnd(single, this.text, this.at));
      return;
    }
    // Up to two quotes may stand right before the closing three.
    const long = quote === '"' ? /"""(?:[^"\\]|\\[^]|"{1,2}(?!"))*"{3,5}/y : /'''(?:[^']|'{1,2}(?!'))*'{3,5}/y;
    this.at = Math.max(this.at + 3, matchEnd(long, this.text, this.at));
  }

  private list(path: Path): Field {
    const start = this.at;
    const items: Span[] = [];
    let commaEnd: number | undefined;
    this.at += 1;
    for (this.skipTrivia(); this.peek() !== "]" && this.at < this.text.length; this.skipTrivia()) {
      items.push(this.value([...path, items.length]));
      this.skipTrivia();
      commaEnd = this.peek() === "," ? ++this.at : undefined;
    }
    this.at += 1;
    return { start, end: this.at, items: items.map((item) => ({ start: item.start, end: item.end })), commaEnd };
  }

  private inlineTable(path: Path): void {
    this.at += 1;
    for (this.skipTrivia(); this.peek() !== "}" && this.at < this.text.length; this.skipTrivia()) {
      this.pair(path, true);
      this.skipTrivia();
      if (this.peek() === ",") this.at += 1;
    }
    this.at += 1;
  }
}

function matchEnd(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex : from;
}

function keyName(raw: string): string {
  if (!/^["']/.test(raw)) return raw;
  const { name } = parse(`name = ${raw}`);
  return typeof name === "string" ? name : raw;
}
