import { isAsciiLetter, isDigit } from "./characters.ts";
import type { Span } from "./mapped.ts";

/** Shorter runs are words. A run below `SURE` counts only where it mixes cases and digits. */
export const SHORTEST = 20;
export const SURE = 42;

/** A text that stood encoded in another one, and where. */
export type Decoded = Span & { text: string; from: "base64" | "hex" };

/**
 * Runs of base64 or hex that hold readable text. Linear: only every 20th character is looked at
 * until a run is met, and a run is decoded once.
 */
export function encodedRuns(text: string): Decoded[] {
  const found: Decoded[] = [];
  for (let probe = SHORTEST - 1; probe < text.length; probe += SHORTEST) {
    if (!isRunCharacter(text.charCodeAt(probe))) continue;
    let start = probe;
    while (start > 0 && isRunCharacter(text.charCodeAt(start - 1))) start--;
    let end = probe + 1;
    while (end < text.length && isRunCharacter(text.charCodeAt(end))) end++;
    if (end - start >= SHORTEST) {
      const decoded = decode(text.slice(start, end));
      if (decoded !== undefined) found.push({ start, end, ...decoded });
    }
    probe = Math.max(probe, end - 1);
  }
  return found;
}

function isRunCharacter(code: number): boolean {
  return isAsciiLetter(code) || isDigit(code) || code === 43 || code === 47;
}

function decode(run: string): { text: string; from: "base64" | "hex" } | undefined {
  const mixed = /[a-z]/.test(run) && /[A-Z]/.test(run) && /\d/.test(run);
  if (run.length < SURE && !mixed) return undefined;
  const encoding = run.length % 2 === 0 && /^[0-9a-fA-F]+$/.test(run) ? "hex" : "base64";
  if (!isReadable(Buffer.from(run.slice(0, 32), encoding))) return undefined;
  const text = Buffer.from(run, encoding).toString("utf8");
  return { text, from: encoding };
}

/** Chance bytes are hardly ever nine tenths text. A character cut at the end does not count. */
function isReadable(bytes: Uint8Array): boolean {
  let good = 0;
  for (const byte of bytes) if (byte === 9 || byte === 10 || byte === 13 || (byte >= 32 && byte < 127)) good++;
  if (good >= bytes.length * 0.9) return true;
  const text = new TextDecoder().decode(bytes.subarray(0, -3));
  return !text.includes("\ufffd") && /^[\p{L}\p{P}\p{Zs}\p{N}\n]+$/u.test(text);
}
