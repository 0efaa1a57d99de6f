import type { CommandModule } from "yargs";
import { clients } from "../clients/index.ts";
import { discover } from "../clients/discover.ts";
import type { FilePlan } from "../clients/edit.ts";
import { planInstall } from "../clients/plan.ts";
import { harmless } from "../text/harmless.ts";
import { installWish, knownFiles, thisMachine } from "./plan/machine.ts";
import { labelOf, protectionOf, type Protection } from "./plan/protection.ts";

type Options = { json: boolean };

type FileStatus = {
  client: string;
  title: string;
  path: string;
  scope: string;
  problem: { code: string; message: string; fix: string } | null;
  servers: readonly Protection[];
};

/** Shows every server of every client, whether mcpguard stands before it, and why not. */
export const command: CommandModule<object, Options> = {
  command: "status",
  describe: "Show what is protected and what is not",
  builder: (args) => args.option("json", { type: "boolean", default: false, describe: "Print one JSON document" }),
  handler: ({ json }) => {
    const machine = thisMachine("");
    const documents = discover(machine.where, clients, knownFiles(machine));
    const plan = planInstall(
      documents,
      installWish(machine, () => true),
    );
    const past = machine.journal.read();
    const files = plan.map((file) => statusOf(file, protectionOf(file, past)));
    if (json) printJson(machine.home, files);
    else print(files);
  },
};

function statusOf({ document, problem }: FilePlan, servers: readonly Protection[]): FileStatus {
  const { client, path, scope } = document;
  const shown = problem ? { code: problem.code, message: problem.message, fix: problem.fix } : null;
  return { client: client.meta.id, title: client.meta.title, path, scope, problem: shown, servers };
}

function printJson(home: string, files: readonly FileStatus[]): void {
  const servers = files.flatMap((file) => file.servers);
  const guarded = servers.filter((server) => server.protected).length;
  console.log(JSON.stringify({ home, protected: guarded, unprotected: servers.filter(isOpen).length, files }, null, 2));
}

/** True for a server that could do harm; an entry that starts nothing could not. */
function isOpen(server: Protection): boolean {
  return !server.protected && server.kind !== "other";
}

function print(files: readonly FileStatus[]): void {
  if (files.length === 0) {
    console.log("No MCP client was found on this machine. Next: npx mcpguard demo shows the guard at work.");
    return;
  }
  const servers = files.flatMap((file) => file.servers);
  const wide = Math.max(0, ...servers.map((server) => harmless(labelOf(server)).length));
  for (const { title, path, scope, problem, servers: own } of files) {
    console.log(`${title}   ${harmless(path)}${scope === "project" ? "   (project)" : ""}`);
    if (problem) console.log(`  ✗ ${harmless(problem.message)}\n    ${harmless(problem.fix)}`);
    if (!problem && own.length === 0) console.log("  no servers");
    for (const server of own) {
      const state = server.protected ? "✓ protected    " : "· not protected";
      console.log(`  ${harmless(labelOf(server)).padEnd(wide)}   ${state}   ${harmless(server.why)}`.trimEnd());
    }
  }
  const guarded = servers.filter((server) => server.protected).length;
  console.log(`${guarded} of ${guarded + servers.filter(isOpen).length} servers protected.`);
  if (servers.some((server) => server.kind === "stdio" && !server.protected))
    console.log("Protect the rest: npx mcpguard install");
}
