import { describe, expect, it } from "vitest";
import { clients } from "../../src/clients/index.ts";
import type { Client } from "../../src/core/client.ts";
import { documentOf, installed, pastOf, textAfter, uninstalled } from "./in-memory.ts";

const jsonClients = clients.filter(({ syntax }) => syntax.language === "json");
const claude = jsonClients.find(({ meta }) => meta.id === "claude-code");

/** One server's entry in a file of this client; `command` is one list where the client writes it so. */
function fileOf(client: Client, name: string, args: string, rest = "", command = '"x"'): string {
  const [place = []] = client.files({ home: "/h", platform: "linux", env: {}, project: undefined, list: () => [] });
  const [key = ""] = ("servers" in place ? place.servers[0] : undefined) ?? [];
  const line =
    client.dialect === "command-array" ? `"command":[${command},${args}]` : `"command":${command},"args":[${args}]`;
  return `{${JSON.stringify(key)}:{${JSON.stringify(name)}:{${line}${rest}}}}`;
}

function expectRoundTrip(client: Client, text: string): void {
  const plan = installed(client, text);
  const after = textAfter(plan);
  expect(after).toContain("/guard/bin/mcpguard");
  expect(installed(client, after).edit).toBeUndefined();
  expect(textAfter(uninstalled(client, after, pastOf(plan)))).toBe(text);
  expect(textAfter(uninstalled(client, after))).toBe(text);
}

describe.each(jsonClients.map((client) => [client.meta.id, client] as const))("%s", (_, client) => {
  it.each([
    "__proto__",
    "constructor",
    "*",
    "a.b",
    "",
    "-x",
    "=x",
    "--",
    "--url",
    "--server=z",
    "a\"'`$(x)\n\u0000\u2028",
    "é😀",
    "n".repeat(100_000),
  ])("a server may be called %j", (name) => {
    expectRoundTrip(client, fileOf(client, name, '"y"'));
  });

  it.each(['"--","wrap","--server","a","--","mcpguard","wrap","--url"', "null,1,true", '"\\ud800"'])(
    "args may be %s",
    (args) => expectRoundTrip(client, fileOf(client, "s", args)),
  );

  it.each(['{"toString":1}', '{"a":1}', '["y"]', `${"[".repeat(1000)}${"]".repeat(1000)}`])(
    "an entry whose args are no words is left alone: %s",
    (args) => {
      const text = fileOf(client, "s", args);
      expect(textAfter(installed(client, text))).toBe(text);
    },
  );

  it("a file too deep to be compared is left alone, and its syntax is not blamed", () => {
    const text = fileOf(client, "s", '"y"', `,"deep":${"[".repeat(2000)}${"]".repeat(2000)}`);
    expect(installed(client, text)).toMatchObject({ edit: undefined, problem: { code: "CONFIG_TOO_DEEP" } });
  });

  it("an entry that was wrapped twice is wrapped once after the next install", () => {
    const own = '"wrap","--server","s","--"';
    const twice = fileOf(client, "s", `${own},"/o/mcpguard",${own},"npx","-y"`, "", '"/o/mcpguard"');
    const after = textAfter(installed(client, twice));
    const [entry] = documentOf(client, after).entries;
    expect(entry?.argv.slice(entry.marker?.length)).toEqual(["npx", "-y"]);
  });
});

it("of duplicate members the last counts, as for the client; the others are not touched", () => {
  if (claude === undefined) throw new Error("claude-code is a client");
  const first = '{"mcpServers":{"a":{"command":"shadowed"}},';
  const text = `${first}"mcpServers":{"b":{"command":"no","command":"y","args":["1"],"args":["2"]}}}`;
  expectRoundTrip(claude, text);
  const after = textAfter(installed(claude, text));
  expect(after.startsWith(first)).toBe(true);
  expect(JSON.parse(after).mcpServers.b.args.slice(-2)).toEqual(["y", "2"]);
});
