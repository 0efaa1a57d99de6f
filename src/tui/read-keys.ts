import type { Key } from "ink";

/** Keys that Ink names, and their names here. */
const named: readonly (readonly [keyof Key, string])[] = [
  ["return", "enter"],
  ["escape", "esc"],
  ["upArrow", "up"],
  ["downArrow", "down"],
  ["pageUp", "pgup"],
  ["pageDown", "pgdn"],
  ["home", "home"],
  ["end", "end"],
  ["backspace", "backspace"],
  ["delete", "backspace"],
];

const characters: Readonly<Record<string, string>> = {
  " ": "space",
  "\r": "enter",
  "\n": "enter",
  "\u0008": "backspace",
  "\u007F": "backspace",
  "\u0003": "ctrl-c",
};

/** The keys in what Ink reports at once: one, or several where a person, a paste or a slow line was quick. */
export function readKeys(input: string, key: Key): readonly string[] {
  const name = named.find(([flag]) => key[flag])?.[1];
  if (name !== undefined) return [name];
  if (key.ctrl) return [`ctrl-${input}`];
  const typed = [...input].map((character) => characters[character] ?? character);
  // Escape and the next key sent at once look like Alt and that key, which means nothing here.
  return key.meta ? ["esc", ...typed] : typed;
}
