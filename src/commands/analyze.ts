import { homedir } from "node:os";
import type { CommandModule } from "yargs";
import { createNewest } from "../audit/newest.ts";
import { matchesQuery, type Query } from "../audit/query.ts";
import { readEvents } from "../audit/read.ts";
import { createSummary } from "../audit/summary.ts";
import { verifyLog } from "../audit/verify.ts";
import { GuardError } from "../core/errors.ts";
import { severities } from "../core/finding.ts";
import { homeFolder, placeIn } from "../state/home.ts";
import { parseMoment } from "../audit/parse-moment.ts";
import { printEvents, printSummary, printVerification } from "./analyze/print-log.ts";

type Options = {
  "log-dir": string | undefined;
  severity: string[] | undefined;
  type: string[] | undefined;
  limit: number;
  server: string | undefined;
  tool: string | undefined;
  client: string | undefined;
  since: string | undefined;
  until: string | undefined;
  blocked: boolean | undefined;
  json: boolean;
  summary: boolean;
  verify: boolean;
};

export const command: CommandModule<object, Options> = {
  command: "analyze [log-dir]",
  describe: "Show what happened",
  builder: (yargs) =>
    yargs
      .positional("log-dir", { type: "string", describe: "The folder of the log (default: log in mcpguard's home)" })
      .option("severity", {
        alias: "s",
        array: true,
        nargs: 1,
        type: "string",
        choices: severities,
        describe: "Only exactly this severity; may be repeated (default: all)",
      })
      .option("type", {
        alias: "t",
        array: true,
        nargs: 1,
        type: "string",
        describe: "Only this event type; may be repeated (default: all)",
      })
      .option("limit", { alias: "n", type: "number", default: 100, describe: "How many of the newest events to show" })
      .option("server", { type: "string", describe: "Only events of this server (default: all)" })
      .option("tool", { type: "string", describe: "Only events about this tool (default: all)" })
      .option("client", { type: "string", describe: "Only events of this client (default: all)" })
      .option("since", {
        type: "string",
        describe: "Only from this time on: 2026-11-22, 2026-11-22T10:00Z, 2h (default: the beginning)",
      })
      .option("until", { type: "string", describe: "Only up to this time, a date included (default: the end)" })
      .option("blocked", {
        type: "boolean",
        describe: "Only what was blocked; --no-blocked: only what was not (default: both)",
      })
      .option("json", { type: "boolean", default: false, describe: "One JSON document: an array of events" })
      .option("summary", { type: "boolean", default: false, describe: "Numbers instead of events" })
      .option("verify", {
        type: "boolean",
        default: false,
        describe: "Check that no line was removed, edited or moved",
      }),
  handler: async (options) => {
    const folder = options["log-dir"] ?? placeIn(homeFolder(process.env, homedir()), "log");
    if (options.verify) return verify(folder, options.json);
    await analyze(folder, queryOf(options, Date.now()), options);
  },
};

async function analyze(folder: string, query: Query, { limit, json, summary }: Options): Promise<void> {
  if (!Number.isInteger(limit) || limit < 1)
    throw new GuardError("USAGE", "--limit is no number of events", "Give a whole number, 1 or more.");
  const tally = { malformed: 0 };
  const newest = createNewest(limit);
  const counts = createSummary();
  let matched = 0;
  for await (const events of readEvents(folder, tally)) {
    for (const event of events) {
      if (!matchesQuery(query, event)) continue;
      matched++;
      if (summary) counts.add(event);
      else newest.add(event);
    }
  }
  if (summary) printSummary(counts.result(), json);
  else await printEvents(newest.list(), matched, json);
  if (tally.malformed > 0) process.stderr.write(`${tally.malformed} malformed lines were skipped\n`);
}

async function verify(folder: string, json: boolean): Promise<void> {
  const result = await verifyLog(folder);
  if (result.problemCount > 0) process.exitCode = 1;
  printVerification(result, json);
}

function queryOf(options: Options, now: number): Query {
  const { severity, type, server, tool, client, since, until, blocked } = options;
  return {
    severity,
    type,
    server,
    tool,
    client,
    blocked,
    since: since === undefined ? undefined : parseMoment("--since", since, now),
    until: until === undefined ? undefined : parseMoment("--until", until, now, true),
  };
}
