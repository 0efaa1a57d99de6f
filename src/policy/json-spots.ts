import JSON5 from "json5";
import { spotKey, type Path, type Spots } from "./spots.ts";

const token = /\/\/[^\n]*|\/\*[^]*?\*\/|"(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*'|[{}[\]:,]|[^\s{}[\]:,"'/]+/g;

type Frame = { path: Path; name: string | number; keyAt: number; wantsKey: boolean };

/** Where each member of a text that JSON5 has already accepted stands. */
export function jsonSpots(text: string): Spots {
  const spots: Spots = new Map();
  const frames: Frame[] = [];
  for (const { 0: word, index } of text.matchAll(token)) {
    const frame = frames.at(-1);
    if (word.startsWith("/") || word === ":") continue;
    else if (word === "}" || word === "]") frames.pop();
    else if (word === ",") nextMember(frame);
    else if (frame?.wantsKey) {
      Object.assign(frame, { name: memberName(word), keyAt: index, wantsKey: false });
    } else {
      const path = frame === undefined ? [] : [...frame.path, frame.name];
      const keyAt = typeof frame?.name === "string" ? frame.keyAt : index;
      spots.set(spotKey(path), { key: keyAt, value: index });
      if (word === "{") frames.push({ path, name: "", keyAt: index, wantsKey: true });
      else if (word === "[") frames.push({ path, name: 0, keyAt: index, wantsKey: false });
    }
  }
  return spots;
}

function nextMember(frame: Frame | undefined): void {
  if (frame === undefined) return;
  if (typeof frame.name === "number") frame.name += 1;
  else frame.wantsKey = true;
}

function memberName(word: string): string {
  return word.startsWith('"') || word.startsWith("'") ? JSON5.parse<string>(word) : word;
}
