import type { TextProps } from "ink";
import { verdictGlyphs, type VerdictWord } from "../audit/feed/verdict.ts";

/** Roles of a piece of text. Never yellow, white or black: they vanish on somebody's background. */
export type Style = "plain" | "dim" | "strong" | "own" | "bad" | "wait" | "changed" | "key" | "good";

export const styles: Readonly<Record<Style, TextProps>> = {
  plain: {},
  dim: { dimColor: true },
  strong: { bold: true },
  own: { color: "magenta", bold: true },
  bad: { color: "red", bold: true },
  wait: { color: "cyan", bold: true },
  changed: { color: "magenta" },
  key: { color: "cyan" },
  good: { color: "green" },
};

export const verdictStyles: Readonly<Record<VerdictWord, Style>> = {
  BLOCK: "bad",
  HOLD: "wait",
  HELD: "plain",
  HIDE: "changed",
  REDACT: "changed",
  LOG: "plain",
  ok: "dim",
};

/** Everything drawn that is not a word; each takes one column. */
export type Glyphs = Readonly<
  Record<VerdictWord | "cursor" | "toServer" | "toClient" | "step" | "rule" | "ellipsis" | "caret" | "between", string>
>;

export const unicodeGlyphs: Glyphs = {
  ...verdictGlyphs,
  cursor: "▌",
  toServer: "→",
  toClient: "←",
  step: "▸",
  rule: "─",
  ellipsis: "…",
  caret: "█",
  between: "·",
};

export const asciiGlyphs: Glyphs = {
  BLOCK: "X",
  HOLD: "H",
  HELD: "h",
  HIDE: "-",
  REDACT: "*",
  LOG: "!",
  ok: ".",
  cursor: ">",
  toServer: ">",
  toClient: "<",
  step: ">",
  rule: "-",
  ellipsis: "~",
  caret: "_",
  between: "|",
};

/** Whether the terminal draws Unicode, judged as the C library does by the locale. */
export function hasUnicode(env: Readonly<Record<string, string | undefined>>, platform: string): boolean {
  if (platform === "win32") return Boolean(env["WT_SESSION"] || env["TERM_PROGRAM"] || env["ConEmuTask"]);
  const locale = env["LC_ALL"] || env["LC_CTYPE"] || env["LANG"];
  return env["TERM"] !== "linux" && (locale === undefined || /utf-?8/i.test(locale));
}
