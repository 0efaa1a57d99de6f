import yargs, { type CommandModule } from "yargs";
import { hideBin } from "yargs/helpers";
import { GuardError } from "./core/errors.ts";
import packageJson from "../package.json" with { type: "json" };

type Verb = { name: string; describe: string; load: () => Promise<{ command: CommandModule<object, never> }> };

/** Each verb's module is loaded only when that verb is run. */
const verbs: readonly Verb[] = [
  {
    name: "install",
    describe: "Guard the MCP servers of this machine's clients",
    load: () => import("./commands/install.ts"),
  },
  { name: "uninstall", describe: "Put every client configuration back", load: () => import("./commands/uninstall.ts") },
  { name: "status", describe: "Show what is protected and what is not", load: () => import("./commands/status.ts") },
  {
    name: "doctor",
    describe: "Check the installation, with a fix for each problem",
    load: () => import("./commands/doctor.ts"),
  },
  { name: "tui", describe: "Watch what is happening, live", load: () => import("./commands/tui.ts") },
  { name: "analyze", describe: "Show what happened", load: () => import("./commands/analyze.ts") },
  { name: "pending", describe: "List what waits for a decision", load: () => import("./commands/pending.ts") },
  { name: "approve", describe: "Approve a pending item", load: () => import("./commands/approve.ts") },
  { name: "deny", describe: "Deny a pending item", load: () => import("./commands/deny.ts") },
  { name: "rules", describe: "List the detectors and what each does now", load: () => import("./commands/rules.ts") },
  { name: "replay", describe: "Judge recorded messages", load: () => import("./commands/replay.ts") },
  { name: "demo", describe: "Watch a staged attack, touching nothing", load: () => import("./commands/demo.ts") },
  {
    name: "wrap",
    describe: "Start a server behind the guard (clients run this)",
    load: () => import("./commands/wrap.ts"),
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
    .strict()
    .demandCommand(1, "Name a command, for example: npx mcpguard install")
    .wrap(Math.min(110, process.stdout.columns ?? 110))
    .fail((message, error) => {
      throw error ?? new GuardError("USAGE", message, "Run mcpguard --help to see what is possible.");
    });
  for (const verb of verbs) {
    if (verb !== chosen) program.command(verb.name, verb.describe);
  }
  if (chosen !== undefined) program.command((await chosen.load()).command);
  await program.parseAsync();
}

function report(error: unknown): void {
  process.exitCode = 1;
  if (error instanceof GuardError) process.stderr.write(`mcpguard: ${error.message}\n  ${error.fix}\n`);
  else process.stderr.write(`mcpguard: unexpected error\n${error instanceof Error ? error.stack : String(error)}\n`);
}

main(hideBin(process.argv)).catch(report);
