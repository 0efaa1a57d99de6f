import { expect, it } from "vitest";
import { clients } from "../../src/clients/index.ts";
import type { Client } from "../../src/core/client.ts";
import { installed } from "./in-memory.ts";

function client(id: string): Client {
  const found = clients.find(({ meta }) => meta.id === id);
  if (found === undefined) throw new Error(`there is no ${id}`);
  return found;
}

// What each client's own parser was seen to do.
it.each([
  ["claude-code", "no servers", "{}"],
  ["claude-code", "a byte order mark", "\uFEFF{}"],
  ["claude-code", "servers that are no map", '{"mcpServers": [1]}'],
  ["gemini-cli", "a comment", '{ // x\n "mcpServers": {} }'],
  ["cursor", "comments and trailing commas", '{ // x\n "mcpServers": {}, /* y */ }'],
  ["opencode", "nothing", ""],
  ["opencode", "a byte order mark", '\uFEFF{"mcp": {},}'],
  ["codex", "nothing", ""],
  ["codex", "a byte order mark and CRLF", '\uFEFFa = 1\r\n[mcp_servers.x]\r\ncommand = "y"\r\n'],
])("%s reads a file with %s", (id, _, text) => {
  expect(installed(client(id), text).problem).toBeUndefined();
});

it.each([
  ["claude-code", "a comment", '{\n // x\n "mcpServers": {} }', /:2: comments are not allowed/],
  ["claude-code", "a trailing comma", '{\n "mcpServers": {},\n}', /:3: a comma must not stand/],
  ["claude-code", "nothing", "", /:1: the file is empty/],
  ["claude-code", "blanks only", " \n\n", /:1: the file is empty/],
  ["claude-code", "a list", "[]", /:1: the file must hold an object/],
  ["claude-code", "two values", "{} {}", /:1: end of file expected/],
  ["claude-code", "a missing comma", '{\n "a": 1\n "b": 2 }', /:3: comma expected/],
  ["claude-code", "a tab in a string", '{"a": "\t"}', /:1: /],
  ["claude-desktop", "a comment", '{ /* x */ "mcpServers": {} }', /:1: comments are not allowed/],
  ["gemini-cli", "a trailing comma", '{ // x\n "mcpServers": {},\n}', /:3: a comma must not stand/],
  ["claude-desktop", "a byte order mark", "\uFEFF{}", /:1: a byte order mark/],
  ["gemini-cli", "a byte order mark", "\uFEFF{}", /:1: a byte order mark/],
  ["gemini-cli", "nothing", "", /:1: the file is empty/],
  ["vscode", "an open comment", "{} /*", /:1: unexpected end of comment/],
  ["codex", "a key twice", "a = 1\na = 2\n", /:2: /],
  ["codex", "an open string", '[mcp_servers.x]\ncommand = "y\n', /:2: /],
])("%s refuses a file with %s, so it is left alone and named with its line", (id, _, text, refusal) => {
  const { problem, edit } = installed(client(id), text);
  expect(problem?.message).toMatch(refusal);
  expect(edit).toBeUndefined();
});

it("nesting without end is an answer, not a crash", () => {
  const deep = `{"a":${"[".repeat(200_000)}`;
  expect(installed(client("cursor"), deep).problem?.code).toBe("CONFIG_SYNTAX");
});

it("an error never quotes the file", () => {
  for (const text of ['{"key": "sk-secret" "x"}', '{"key": sk-secret}']) {
    expect(installed(client("claude-code"), text).problem?.message).not.toContain("sk-secret");
  }
  expect(installed(client("codex"), 'key = "sk-secret" x').problem?.message).not.toContain("sk-secret");
  expect(installed(client("codex"), "key = sk-secret").problem?.message).not.toContain("sk-secret");
});

it("5 MB are planned in seconds", () => {
  const history = Array.from({ length: 40_000 }, (_, n) => ({ display: `message ${n}`.padEnd(100, "x"), pasted: {} }));
  const text = JSON.stringify({ projects: { "/a": { history, mcpServers: { x: { command: "y" } } } } }, null, 2);
  expect(text.length).toBeGreaterThan(5_000_000);
  expect(installed(client("claude-code"), text).edit?.after.length).toBeGreaterThan(text.length);
}, 10_000);
