import { createReadStream } from "node:fs";
import { once } from "node:events";
import type { Readable } from "node:stream";
import type { CommandModule } from "yargs";
import { GuardError } from "../core/errors.ts";
import { defaultPolicy, type Policy } from "../core/policy.ts";
import { linesOf } from "./replay/lines-of.ts";
import { Replay, type ReplayedLine } from "./replay/replay-sessions.ts";

type Options = { file: string; policy: string | undefined; json: boolean };

export const command: CommandModule<object, Options> = {
  command: "replay <file>",
  describe: "Judge recorded messages with the rules that guard live ones",
  builder: (yargs) =>
    yargs
      .positional("file", { type: "string", demandOption: true, describe: "JSON Lines, - for standard input" })
      .option("policy", { type: "string", describe: "A configuration file to judge by (default: the preset balanced)" })
      .option("json", {
        type: "boolean",
        default: false,
        describe: "One JSON object for each line (default: a line of text for each finding)",
      }),
  handler: async ({ file, policy, json }) => {
    const replay = new Replay(await policyFrom(policy));
    const print = json ? asJson : asText;
    let number = 0;
    for await (const line of linesOf(open(file))) {
      number++;
      const text = print(replay.judge(line, number));
      if (text !== "" && !process.stdout.write(text)) await once(process.stdout, "drain");
    }
  },
};

async function policyFrom(path: string | undefined): Promise<(server: string) => Policy> {
  if (path === undefined) return () => defaultPolicy;
  const { loadPolicy } = await import("../policy/load.ts");
  return loadPolicy(path).policyFor;
}

function open(file: string): Readable {
  // yargs reads a lone "-" as an empty text.
  if (file === "-" || file === "") return process.stdin;
  const stream = createReadStream(file);
  stream.on("error", (error) => {
    const problem = new GuardError(
      "FILE_UNREADABLE",
      `Cannot read ${file}: ${error.message}`,
      "Name a file of JSON Lines, or - for standard input.",
    );
    process.stderr.write(`mcpguard: ${problem.message}\n  ${problem.fix}\n`);
    process.exit(1);
  });
  return stream;
}

function asJson(line: ReplayedLine): string {
  return `${JSON.stringify(line)}\n`;
}

function asText({ line, action, findings }: ReplayedLine): string {
  return findings
    .map(
      ({ detector, rule, severity, because }) => `${line}\t${action}\t${severity}\t${detector}/${rule}\t${because}\n`,
    )
    .join("");
}
