import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../shim/conversation.ts";
import { both, outcome } from "./sdk-client.ts";

test("server-filesystem: files are listed, read, written, edited and refused in the same way", async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "sub"));
  writeFileSync(join(folder, "ünï 🙂.txt"), "one\ntwo\r\nthree\u0000\n");
  const path = join(folder, "ünï 🙂.txt");
  const [direct, guarded] = await both(
    async ({ client }) => {
      const calls: [string, Record<string, unknown>][] = [
        ["list_allowed_directories", {}],
        ["list_directory", { path: folder }],
        ["directory_tree", { path: folder }],
        ["read_text_file", { path, head: 2 }],
        ["read_multiple_files", { paths: [path, join(folder, "none")] }],
        ["edit_file", { path, edits: [{ oldText: "two", newText: "2" }], dryRun: true }],
        ["search_files", { path: folder, pattern: "**/*.txt" }],
        ["read_text_file", { path: join(folder, "../outside") }],
      ];
      const results: unknown[] = [await client.listTools()];
      for (const [name, args] of calls) results.push(await outcome(client.callTool({ name, arguments: args })));
      return results;
    },
    "filesystem",
    folder,
  );
  expect(guarded).toEqual(direct);
});

test("server-filesystem: a large file arrives whole", async () => {
  const folder = temporaryFolder();
  const path = join(folder, "large.txt");
  writeFileSync(path, "A line of quite ordinary text.\n".repeat(60_000));
  const [direct, guarded] = await both(
    ({ client }) => client.callTool({ name: "read_text_file", arguments: { path } }),
    "filesystem",
    folder,
  );
  expect(JSON.stringify(guarded).length).toBeGreaterThan(1_800_000);
  expect(guarded).toEqual(direct);
});

test("server-memory: a graph is made, searched and read", async () => {
  const [direct, guarded] = await both(async ({ client }) => {
    const entities = [
      { name: "Ada", entityType: "person", observations: ["wrote notes", "likes 🙂"] },
      { name: "Engine", entityType: "machine", observations: [] },
    ];
    const relations = [{ from: "Ada", to: "Engine", relationType: "programs" }];
    const steps: [string, Record<string, unknown>][] = [
      ["create_entities", { entities }],
      ["create_relations", { relations }],
      ["search_nodes", { query: "notes" }],
      ["open_nodes", { names: ["Engine"] }],
      ["read_graph", {}],
      ["delete_entities", { entityNames: ["Ada", "Engine"] }],
    ];
    const results: unknown[] = [await client.listTools()];
    for (const [name, args] of steps) results.push(await outcome(client.callTool({ name, arguments: args })));
    return results;
  }, "memory");
  expect(guarded).toEqual(direct);
});

test("server-sequential-thinking: a chain of thoughts", async () => {
  const [direct, guarded] = await both(async ({ client }) => {
    const results: unknown[] = [await client.listTools()];
    for (const thoughtNumber of [1, 2, 3]) {
      const thought = {
        thought: `thought ${thoughtNumber}`,
        thoughtNumber,
        totalThoughts: 3,
        nextThoughtNeeded: thoughtNumber < 3,
      };
      results.push(await outcome(client.callTool({ name: "sequentialthinking", arguments: thought })));
    }
    return results;
  }, "sequential-thinking");
  expect(guarded).toEqual(direct);
});
