import type { Row } from "./row.ts";
import type { VerdictWord } from "./verdict.ts";

/** A question to a row; `verdict` is the word that it shows at the moment. */
export type Filter = (row: Row, verdict: VerdictWord) => boolean;

type Field = (row: Row, verdict: VerdictWord) => string;

/** What `name:value` looks at, and whether the value must begin it or may stand anywhere in it. */
export const filterFields: Readonly<Record<string, { of: Field; begins?: true }>> = {
  sev: { of: (row) => row.severity, begins: true },
  verdict: { of: (_, verdict) => verdict, begins: true },
  server: { of: (row) => row.server },
  tool: { of: (row) => row.tool },
  type: { of: (row) => row.type },
  client: { of: (row) => row.client },
  method: { of: (row) => row.method },
  rule: { of: (row) => `${row.detector}/${row.rule}` },
  session: { of: (row) => row.session },
};

const term = /(!?)(?:([a-z]+):)?("[^"]*"?|\S+|$)/g;

/**
 * Reads a filter: terms separated by spaces, all of which must hold. A plain word matches the row's text,
 * `name:value` one field, `name:a,b` either value, `!` before a term turns it round, quotes keep spaces.
 */
export function parseFilter(text: string): Filter {
  const terms: Filter[] = [];
  for (const [, not, name, value = ""] of text.toLowerCase().matchAll(term)) {
    const wanted = value.replaceAll('"', "");
    if (wanted === "") continue;
    const matches = termFilter(name, wanted);
    terms.push(not === "!" ? (row, verdict) => !matches(row, verdict) : matches);
  }
  return (row, verdict) => terms.every((matches) => matches(row, verdict));
}

function termFilter(name: string | undefined, wanted: string): Filter {
  const field = name !== undefined && Object.hasOwn(filterFields, name) ? filterFields[name] : undefined;
  if (field === undefined) {
    const phrase = name === undefined ? wanted : `${name}:${wanted}`;
    return (row, verdict) => textOf(row).includes(phrase) || verdict.toLowerCase() === phrase;
  }
  const values = wanted.split(",").filter((value) => value !== "");
  return (row, verdict) => {
    const found = field.of(row, verdict).toLowerCase();
    return values.some((value) => (field.begins ? found.startsWith(value) : found.includes(value)));
  };
}

const texts = new WeakMap<Row, string>();

/** All words of a row in lower case, put together when a filter first asks. */
function textOf(row: Row): string {
  const known = texts.get(row);
  if (known !== undefined) return known;
  const { time, client, server, method, tool, what, type, severity, detector, rule, session, id } = row;
  const details = JSON.stringify(row.event.details)?.slice(0, 2000);
  const parts = [time, client, server, method, tool, what, type, severity, detector, rule, session, id, details];
  const text = parts.join(" ").toLowerCase();
  texts.set(row, text);
  return text;
}
