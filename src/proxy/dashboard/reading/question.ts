import { matchesQuery } from "../../../audit/query.ts";
import { parseMoment } from "../../../audit/parse-moment.ts";
import type { Place } from "../../../audit/read-backwards.ts";
import { parseFilter } from "../../../audit/feed/filter.ts";
import { type Row, toRow } from "../../../audit/feed/row.ts";
import { verdictOf, type VerdictWord } from "../../../audit/feed/verdict.ts";
import type { Event } from "../../../core/event.ts";

/** Names of the parameters by which a URL asks for events. */
const names = ["q", "severity", "type", "server", "since", "until", "before", "live"] as const;

/** What a URL asks for, as it stands there; absent parts match everything. */
export type Question = Readonly<Partial<Record<(typeof names)[number], string | undefined>>>;

/** An event as the feed shows it. */
export type Shown = { row: Row; word: VerdictWord };

const longest = 300;

/** Whether new events belong on the page. */
export function isLive({ before, until, live }: Question): boolean {
  return before === undefined && until === undefined && live !== "off";
}

export function readQuestion(query: URLSearchParams): Question {
  const question: Partial<Record<(typeof names)[number], string>> = {};
  for (const name of names) {
    const value = query.get(name)?.trim().slice(0, longest) ?? "";
    if (value !== "" && !(name === "severity" && value === "all")) question[name] = value;
  }
  return question;
}

/** Milliseconds since 1970; undefined where the question leaves it open. Throws a GuardError for what is no time. */
export function sinceOf({ since }: Question, now: number): number | undefined {
  return since === undefined ? undefined : parseMoment("since", since, now);
}

/** An event as the feed shows it, or undefined where it is not asked for. `waiting` holds the ids of what waits. */
export type Picker = (event: Event, waiting: ReadonlySet<string>) => Shown | undefined;

/** `q` is in the words of the terminal's filter. Throws a GuardError for what is no time. */
export function pickerOf(question: Question, now: number): Picker {
  const { q = "", severity, type, server, until } = question;
  const passes = parseFilter(q);
  const query = {
    severity: severity?.split(","),
    type: type?.split(","),
    server,
    since: sinceOf(question, now),
    until: until === undefined ? undefined : parseMoment("until", until, now, true),
  };
  return (event, waiting) => {
    if (!matchesQuery(query, event)) return undefined;
    const row = toRow(event);
    const word = verdictOf(event, waiting.has(row.pending ?? ""));
    return passes(row, word) ? { row, word } : undefined;
  };
}

/** A place in the log as a word for a URL, and back. */
export function placeWord({ file, offset }: Place): string {
  return `${file}~${offset}`;
}

export function placeOf({ before }: Question): Place | undefined {
  const [, file, offset] = /^([\w.-]+)~(\d{1,15})$/.exec(before ?? "") ?? [];
  return file === undefined ? undefined : { file, offset: Number(offset) };
}
