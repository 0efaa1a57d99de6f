import { harmless } from "../../text/harmless.ts";
import type { FileReport } from "./describe-plan.ts";

const verbs: Readonly<Record<string, string>> = { wrap: "will protect", repoint: "will renew", unwrap: "will release" };

/** A plan as a table: one row a file, below it what will not be protected and why. */
export function printPlan(files: readonly FileReport[], found = "Found", words = verbs): void {
  const titles = new Set(files.map(({ title }) => title));
  const servers = files.flatMap((file) => file.servers);
  console.log(`${found} ${count(titles.size, "client")}, ${count(servers.length, "server")}`);
  const wide = [
    Math.max(0, ...files.map(({ title }) => title.length)),
    Math.max(0, ...files.map((file) => harmless(file.path).length)),
  ];
  for (const file of files) {
    const row = [file.title.padEnd(wide[0] ?? 0), harmless(file.path).padEnd(wide[1] ?? 0), summary(file, words)];
    console.log(`  ${row.join("   ")}`);
    if (file.problem) console.log(`      ${harmless(file.problem.message)}\n      ${harmless(file.problem.fix)}`);
    if (file.caution !== null) console.log(`      ${file.caution}`);
    for (const { name, action, why } of file.servers) {
      if (action === "keep" && why !== "already protected") console.log(`      ${harmless(name)}: ${harmless(why)}`);
    }
  }
}

function summary({ problem, servers }: FileReport, words: typeof verbs): string {
  if (problem) return "left alone";
  const acts = ["wrap", "repoint", "unwrap"].flatMap((action) => {
    const names = servers.filter((server) => server.action === action).map(({ name }) => harmless(name));
    return names.length === 0 ? [] : [`${words[action]} ${counted(names)}`];
  });
  const already = servers.filter(({ why }) => why === "already protected").length;
  if (already > 0) acts.push(`${already} already protected`);
  return [count(servers.length, "server"), ...acts].join("   ");
}

/** A name that many projects use stands there once. */
function counted(names: readonly string[]): string {
  const times = new Map<string, number>();
  for (const name of names) times.set(name, (times.get(name) ?? 0) + 1);
  return [...times].map(([name, number]) => (number === 1 ? name : `${name} (${number}×)`)).join(", ");
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
