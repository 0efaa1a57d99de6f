import { parseEvent } from "../../../audit/parse-event.ts";
import { type Place, readBackwards } from "../../../audit/read-backwards.ts";
import { pickerOf, placeOf, type Question, type Shown, sinceOf } from "./question.ts";

export type Found = {
  /** Newest first. */
  shown: readonly Shown[];
  /** Where an older search goes on; undefined where the log was read to its beginning, or to `since`. */
  next: Place | undefined;
  /** True where the time was over before as many were found as were asked for. */
  isCut: boolean;
};

const budgetMs = 400;
/** Writers flush at different moments, so the log is only roughly in order. */
const disorderMs = 60_000;

/**
 * The newest events that a question asks for. Reads backwards, so the newest cost nothing; a search for rare ones ends
 * after about 400 ms and can be gone on with. `waiting` holds the ids of items that wait for a person.
 */
export async function search(
  folder: string,
  question: Question,
  limit: number,
  waiting: ReadonlySet<string>,
): Promise<Found> {
  const now = Date.now();
  const pick = pickerOf(question, now);
  const since = sinceOf(question, now);
  const earliest = since === undefined ? "" : new Date(since - disorderMs).toISOString();
  const shown: Shown[] = [];
  const end = (next: Place | undefined, isCut: boolean): Found => ({ shown: shown.sort(newestFirst), next, isCut });
  for await (const lines of readBackwards(folder, placeOf(question))) {
    for (const { text, place } of lines) {
      const event = parseEvent(text);
      if (event === undefined) continue;
      if (event.timestamp < earliest) return end(undefined, false);
      const picked = pick(event, waiting);
      if (picked !== undefined) shown.push(picked);
      if (shown.length === limit) return end(place, false);
    }
    const last = lines.at(-1)?.place;
    if (last !== undefined && Date.now() - now > budgetMs) return end(last, true);
  }
  return end(undefined, false);
}

function newestFirst(one: Shown, other: Shown): number {
  return other.row.at - one.row.at;
}
