import { expect, test } from "vitest";
import { parseFilter } from "../../../src/audit/feed/filter.ts";
import { toRow } from "../../../src/audit/feed/row.ts";
import { verdictOf } from "../../../src/audit/feed/verdict.ts";
import { sampleEvent, sampleEvents } from "../../tui/sample.ts";

const rows = [...sampleEvents, sampleEvent({ id: "space", server: "my server", client: "vscode" })].map((event) =>
  toRow(event),
);

/** The ids of the rows that pass, of which `h…` waits. */
function shown(filter: string): string {
  const passes = parseFilter(filter);
  return rows
    .flatMap((row) => (passes(row, verdictOf(row.event, row.id.startsWith("h"))) ? row.id.slice(0, 1) : []))
    .join("");
}

test.each([
  ["", "mbrhls"],
  ["   ", "mbrhls"],
  ["github", "mb"],
  ["GitHub", "mb"],
  ["search issues", "mbs"],
  ["search aws", ""],
  ["AWS", "r"],
  ["id_rsa", "b"],
  ["14:02:13", "r"],
  ["block", "b"],
  ["sev:high", "brh"],
  ["sev:hi", "brh"],
  ["sev:gh", ""],
  ["sev:low,info", "mls"],
  ["server:github", "mb"],
  ["server:git,post", "mbr"],
  ["tool:read_file", "h"],
  ["type:rug_pull", "h"],
  ["verdict:block", "b"],
  ["verdict:hold", "h"],
  ["verdict:block,hold", "bh"],
  ["verdict:ok", "ms"],
  ["client:claude", "h"],
  ["method:tools/list", "h"],
  ["rule:override", "b"],
  ["!github", "rhls"],
  ["!server:github !verdict:ok", "rhl"],
  ["sev:high server:github", "b"],
  ["sev:high !tool:query !verdict:hold", "b"],
  ['server:"my server"', "s"],
  ['server:"my ser', "s"],
  ['"read_file changed"', "h"],
  ["server:", "mbrhls"],
  ["!", "mbrhls"],
  ["sev:,", ""],
  ["nothing:here", ""],
  ["constructor:x", ""],
])("%s", (filter, ids) => {
  expect(shown(filter)).toBe(ids);
});
