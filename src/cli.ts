import yargs, { type Argv } from "yargs";
import { hideBin } from "yargs/helpers";
import { errorCode, GuardError } from "./core/errors.ts";
import packageJson from "../package.json" with { type: "json" };

type Verb = { name: string; describe: string; add: (program: Argv) => Promise<unknown> };

/** Each verb's module is loaded only when that verb is run. */
const verbs: readonly Verb[] = [
  {
    name: "install",
    describe: "Guard the MCP servers of this machine's clients",
    add: async (program) => program.command((await import("./commands/install.ts")).command),
  },
  {
    name: "uninstall",
    describe: "Put every client configuration back",
    add: async (program) => program.command((await import("./commands/uninstall.ts")).command),
  },
  {
    name: "status",
    describe: "Show what is protected and what is not",
    add: async (program) => program.command((await import("./commands/status.ts")).command),
  },
  {
    name: "doctor",
    describe: "Check the installation, with a fix for each problem",
    add: async (program) => program.command((await import("./commands/doctor.ts")).command),
  },
  {
    name: "proxy",
    describe: "Guard a server or agent that is reached over HTTP",
    add: async (program) => program.command((await import("./commands/proxy.ts")).command),
  },
  {
    name: "tui",
    describe: "Watch what is happening, live",
    add: async (program) => program.command((await import("./commands/tui.ts")).command),
  },
  {
    name: "analyze",
    describe: "Show what happened",
    add: async (program) => program.command((await import("./commands/analyze.ts")).command),
  },
  {
    name: "pending",
    describe: "List what waits for a decision",
    add: async (program) => program.command((await import("./commands/pending.ts")).command),
  },
  {
    name: "approve",
    describe: "Approve a pending item",
    add: async (program) => program.command((await import("./commands/approve.ts")).command),
  },
  {
    name: "deny",
    describe: "Deny a pending item",
    add: async (program) => program.command((await import("./commands/deny.ts")).command),
  },
  {
    name: "rules",
    describe: "List the detectors and what each does now",
    add: async (program) => program.command((await import("./commands/rules.ts")).command),
  },
  {
    name: "replay",
    describe: "Judge recorded messages",
    add: async (program) => program.command((await import("./commands/replay.ts")).command),
  },
  {
    name: "demo",
    describe: "Watch a staged attack, touching nothing",
    add: async (program) => program.command((await import("./commands/demo.ts")).command),
  },
  {
    name: "wrap",
    describe: "Start a server behind the guard (clients run this)",
    add: async (program) => program.command((await import("./commands/wrap.ts")).command),
  },
];

async function main(argv: string[]): Promise<void> {
  const chosen = verbs.find((verb) => verb.name === argv[0]);
  const program = yargs(argv)
    .scriptName("mcpguard")
    .usage(
      "$0 <command>\n\nWatches what AI tools and their MCP servers say to each other, and stops what should not pass.",
    )
    .version(packageJson.version)
    .alias("version", "V")
    .help()
    .alias("help", "h")
    .parserConfiguration({ "dot-notation": false })
    .strict()
    .demandCommand(1, "Name a command, for example: npx mcpguard install")
    .wrap(Math.min(110, process.stdout.columns ?? 110))
    .fail((message, error) => {
      if (error !== undefined && error.name !== "YError") throw error;
      throw new GuardError("USAGE", message, "Run mcpguard --help to see what is possible.");
    });
  for (const verb of verbs) {
    if (verb !== chosen) program.command(verb.name, verb.describe);
  }
  await chosen?.add(program);
  await program.parseAsync();
}

function report(error: unknown): void {
  process.exitCode = 1;
  if (error instanceof GuardError) process.stderr.write(`mcpguard: ${error.message}\n  ${error.fix}\n`);
  else process.stderr.write(`mcpguard: unexpected error\n${error instanceof Error ? error.stack : String(error)}\n`);
}

/** A reader that has seen enough (`| head`) is no error. */
process.stdout.on("error", (error) => {
  if (errorCode(error) !== "EPIPE") throw error;
  process.exit();
});

main(hideBin(process.argv)).catch(report);
