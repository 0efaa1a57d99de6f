import { readFileSync } from "node:fs";

export type Instruction = { word: string; rest: string };

/** The instructions of a Dockerfile by stage, continued lines joined. */
export function stagesOf(path: string): Instruction[][] {
  const text = readFileSync(path, "utf8")
    .replace(/^#.*\n/gm, "")
    .replace(/\\\n/g, " ");
  const stages: Instruction[][] = [];
  for (const line of text.split("\n")) {
    const [, word = "", rest = ""] = /^(\w+)\s+(.*)$/.exec(line.trim()) ?? [];
    if (word === "FROM") stages.push([]);
    if (word !== "") stages.at(-1)?.push({ word, rest: rest.trim() });
  }
  return stages;
}

/** Sources and target of a COPY, and the stage it copies from. */
export function copyOf(rest: string): { from: string | undefined; sources: string[]; target: string } {
  const words = rest.split(/\s+/);
  const from = words[0]?.startsWith("--from=") ? words.shift()?.slice("--from=".length) : undefined;
  return { from, sources: words.slice(0, -1), target: words.at(-1) ?? "" };
}

/** The variables of ENV, `NAME=value` each. */
export function envOf(stage: readonly Instruction[]): Record<string, string> {
  const pairs = stage.filter(({ word }) => word === "ENV").flatMap(({ rest }) => rest.split(/\s+/));
  return Object.fromEntries(pairs.map((pair) => [pair.split("=")[0], /=(.*)/.exec(pair)?.[1] ?? ""]));
}
