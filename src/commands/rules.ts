import { homedir } from "node:os";
import type { CommandModule } from "yargs";
import { defaultPolicy, type Policy } from "../core/policy.ts";
import { detectors } from "../detectors/index.ts";
import { actionNow } from "../policy/action-now.ts";
import { findConfig } from "../policy/find.ts";
import { homeFolder } from "../state/home.ts";
import { drawTable } from "./output/draw-table.ts";

type Options = { json: boolean; server: string };

export const command: CommandModule<object, Options> = {
  command: "rules",
  describe: "List the detectors: what each finds, and what follows now",
  builder: (yargs) =>
    yargs
      .option("json", { type: "boolean", default: false, describe: "Print one JSON array" })
      .option("server", { type: "string", default: "*", describe: "Show what holds for this server" }),
  handler: async ({ json, server }) => {
    const policy = await currentPolicy(server);
    const rows = detectors.map(({ meta }) => ({ ...meta, action: actionNow(policy, meta.id) }));
    if (json) {
      process.stdout.write(
        `${JSON.stringify(rows.map(({ id, title, severity, roles, directions, why, references, action }) => ({ id, title, severity, roles, directions, why, references, action })))}\n`,
      );
      return;
    }
    const table = rows.map(({ id, severity, action, title }) => [id, severity, action.hard, action.soft, title]);
    const heading = ["DETECTOR", "SEVERITY", "HARD FINDINGS", "SOFT FINDINGS", "WHAT IT FINDS"];
    process.stdout.write(`${drawTable(heading, table, 4, process.stdout.columns).join("\n")}\n`);
    process.stdout.write(`\nPreset: ${policy.preset}. Each detector in detail, with examples: docs/detectors.md\n`);
  },
};

async function currentPolicy(server: string): Promise<Policy> {
  const found = findConfig(homeFolder(process.env, homedir()));
  if (found === undefined) return defaultPolicy;
  const { loadPolicy } = await import("../policy/load.ts");
  return loadPolicy(found.path).policyFor(server);
}
