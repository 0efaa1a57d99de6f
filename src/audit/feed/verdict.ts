import type { Event } from "../../core/event.ts";

/** What happened to a message, in the word a row shows. `HOLD` is still open to a decision, `HELD` no more. */
export type VerdictWord = "BLOCK" | "HOLD" | "HELD" | "HIDE" | "REDACT" | "LOG" | "ok";

/** The shape beside the word: nothing is told by colour alone. Each takes one column of a terminal. */
export const verdictGlyphs: Readonly<Record<VerdictWord, string>> = {
  BLOCK: "■",
  HOLD: "◆",
  HELD: "◇",
  HIDE: "◌",
  REDACT: "▪",
  LOG: "●",
  ok: "·",
};

/** The word for an event; `waits` is true where its item still waits for a person. */
export function verdictOf(event: Event, waits: boolean): VerdictWord {
  if (waits) return "HOLD";
  // A person's answer is news, whatever it was.
  if (event.event_type === "decision") return "LOG";
  if (event.action === "hold") return "HELD";
  if (event.action === "hide") return "HIDE";
  if (event.action === "redact") return "REDACT";
  if (event.blocked || event.action === "block") return "BLOCK";
  if (event.detector !== null || event.severity !== "info") return "LOG";
  return "ok";
}
