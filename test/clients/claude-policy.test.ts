import { expect, it } from "vitest";
import { claudePolicy, policyObjection } from "../../src/clients/claude-policy.ts";
import type { Entry, Where } from "../../src/core/client.ts";

const managed = "/etc/claude-code/managed-settings.json";
const entry: Entry = {
  name: "files",
  path: ["mcpServers", "files"],
  kind: "stdio",
  argv: ["npx", "files"],
  marker: undefined,
  url: undefined,
};
const wrapped = ["/guard/mcpguard", "wrap", "--server", "files", "--", "npx", "files"];

function objection(files: Record<string, unknown>): string | undefined {
  const names = Object.keys(files).flatMap((path) => (path.includes(".d/") ? [path.split("/").at(-1) ?? ""] : []));
  const where: Where = { home: "/home/me", platform: "linux", env: {}, project: undefined, list: () => names };
  const read = (path: string): string | undefined => (path in files ? JSON.stringify(files[path]) : undefined);
  return policyObjection(claudePolicy(where, read), entry, wrapped);
}

it("nothing restricted, nothing objected", () => {
  expect(objection({})).toBeUndefined();
  expect(objection({ [managed]: { permissions: {} } })).toBeUndefined();
});

it("a denied server is not wrapped: that would hide it from the deny list", () => {
  expect(objection({ [managed]: { deniedMcpServers: [{ serverCommand: ["npx", "files"] }] } })).toBe(
    `denied by ${managed}`,
  );
  expect(objection({ [managed]: { deniedMcpServers: [{ serverName: "files" }] } })).toBe(`denied by ${managed}`);
  expect(
    objection({ [managed]: { deniedMcpServers: [{ serverName: "other" }, { serverCommand: ["npx"] }] } }),
  ).toBeUndefined();
});

it("a server allowed by its command would vanish when wrapped: the rule to add is named", () => {
  const allowedMcpServers = [{ serverCommand: ["npx", "files"] }, { serverName: "files" }];
  expect(objection({ [managed]: { allowedMcpServers } })).toContain(JSON.stringify(wrapped));
  expect(
    objection({ [managed]: { allowedMcpServers: [...allowedMcpServers, { serverCommand: wrapped }] } }),
  ).toBeUndefined();
});

it("a server allowed by its name may be wrapped; one that is not allowed is left alone", () => {
  expect(objection({ [managed]: { allowedMcpServers: [{ serverName: "files" }] } })).toBeUndefined();
  expect(objection({ [managed]: { allowedMcpServers: [] } })).toBe(`not allowed by ${managed}`);
  expect(objection({ [managed]: { allowedMcpServers: [{ serverCommand: ["x"] }] } })).toBe(`not allowed by ${managed}`);
});

it("drop-in files and the user's own settings count too, unless only managed ones may allow", () => {
  const own = "/home/me/.claude/settings.json";
  const dropIn = "/etc/claude-code/managed-settings.d/10-mcp.json";
  expect(objection({ [dropIn]: { deniedMcpServers: [{ serverName: "files" }] } })).toBe(`denied by ${dropIn}`);
  expect(objection({ [own]: { deniedMcpServers: [{ serverName: "files" }] } })).toBe(`denied by ${own}`);
  const both = { [managed]: { allowedMcpServers: [] }, [own]: { allowedMcpServers: [{ serverName: "files" }] } };
  expect(objection(both)).toBeUndefined();
  expect(objection({ ...both, [managed]: { allowedMcpServers: [], allowManagedMcpServersOnly: true } })).toBeTypeOf(
    "string",
  );
});

it("where an administrator names all servers, the others are not started and not wrapped", () => {
  const path = "/etc/claude-code/managed-mcp.json";
  expect(objection({ [path]: { mcpServers: {} } })).toContain(path);
});
