import { parseEvent } from "../../../audit/parse-event.ts";
import { readBackwards } from "../../../audit/read-backwards.ts";
import type { Event } from "../../../core/event.ts";

/** About 2 GB of log: ids that nobody ever wrote must not keep the disk busy for long. */
const budgetMs = 3000;

/** The newest event that `isWanted`, among the lines that hold `word`; other lines are not even parsed. */
export async function findEvent(
  folder: string,
  word: string,
  isWanted: (event: Event) => boolean,
): Promise<Event | undefined> {
  const started = Date.now();
  for await (const lines of readBackwards(folder)) {
    for (const { text } of lines) {
      const event = text.includes(word) ? parseEvent(text) : undefined;
      if (event !== undefined && isWanted(event)) return event;
    }
    if (Date.now() - started > budgetMs) return undefined;
  }
  return undefined;
}
