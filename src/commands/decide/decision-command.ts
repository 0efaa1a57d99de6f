import { homedir } from "node:os";
import type { CommandModule } from "yargs";
import type { Decision } from "../../core/pending.ts";
import { decide } from "../../state/decisions.ts";
import { homeFolder, placeIn } from "../../state/home.ts";
import { completeId } from "../../state/pending.ts";
import { harmless } from "../../text/harmless.ts";
import { recordDecision } from "../../session/record-decision.ts";

type Options = { id: string };

/** The command `approve ID` or `deny ID`. */
export function decisionCommand(verdict: Decision["decision"], describe: string): CommandModule<object, Options> {
  return {
    command: `${verdict} <id>`,
    describe,
    builder: (yargs) =>
      yargs.positional("id", {
        type: "string",
        demandOption: true,
        describe: "The id that pending shows, or its beginning",
      }),
    handler: ({ id }) => {
      const home = homeFolder(process.env, homedir());
      const decision = decide(home, completeId(home, id), verdict, Date.now());
      recordDecision(placeIn(home, "log"), decision, warn);
      process.stdout.write(`${sentence(decision)}\n`);
    },
  };
}

function warn(error: unknown): void {
  process.stderr.write(`mcpguard: ${error instanceof Error ? error.message : String(error)}\n`);
}

function sentence({ decision, item }: Decision): string {
  const word = decision === "approve" ? "Approved" : "Denied";
  return harmless(
    `${word} the ${item.kind} ${item.name} of ${item.server} (${item.client}). Running sessions follow within 2 seconds.`,
  );
}
