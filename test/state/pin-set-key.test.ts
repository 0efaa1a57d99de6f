import { expect, test } from "vitest";
import { pinSetKey } from "../../src/state/pin-set-key.ts";

const keyOf = (line: string, client = "cursor", server = "files") =>
  pinSetKey({ client, server, command: line.split(" ") });
const keyOfUrl = (url: string) => pinSetKey({ client: "proxy", server: "main", url });

const same: [string, string][] = [
  ["npx -y @scope/server@1.2.3 /data", "npx -y @scope/server@2.0.0-beta.1 /data"],
  ["npx -y server@latest", "npx -y server"],
  ["npx server@^1.2", "/usr/local/bin/npx server"],
  ["/opt/node20/bin/node /srv/a.js", "node /srv/a.js"],
  ["C:\\nodejs\\npx.cmd -y server", "npx -y server"],
  ["cmd /c npx -y server@1.0.0", "npx -y server"],
  ["uvx server==1.2.3", "uvx server==1.2.4"],
  ["uvx --from server[cli]==1.2.3 run", "uvx --from server[cli] run"],
  ["pnpm dlx server@3", "pnpm dlx server@4"],
  ["bunx server@1.0.0", "bunx server@1.0.1"],
  ["node /home/a/.nvm/versions/node/v20.1.0/lib/x.js", "node /home/a/.nvm/versions/node/v22.3.1/lib/x.js"],
  ["/opt/homebrew/Cellar/server/1.2.3/bin/server", "/opt/homebrew/Cellar/server/1.2.4/bin/server"],
  ["npx --package server@1.2.3 -- start", "npx --package server@2.0.0 -- start"],
  ["docker run -i --rm ghcr.io/x/server:1.2.3", "docker run -i --rm ghcr.io/x/server:v2"],
  ["docker run -e TOKEN=a registry:5000/x/server:1", "docker run -e TOKEN=b registry:5000/x/server:2"],
];
for (const [one, other] of same) test(`one server: ${one} | ${other}`, () => expect(keyOf(one)).toBe(keyOf(other)));

const different: [string, string][] = [
  ["npx -y server-a", "npx -y server-b"],
  ["npx -y server /project/one", "npx -y server /project/two"],
  ["node /one/a.js", "node /two/a.js"],
  ["/one/.venv/bin/python -m server", "/two/.venv/bin/python -m server"],
  ["npx -y @one/server", "npx -y @two/server"],
  ["npx tunnel root@10.0.0.1", "npx tunnel root@10.0.0.2"],
  ["npx mailer a@one.org", "npx mailer a@two.org"],
  ["npx tunnel user@host", "npx tunnel user@other"],
  ["docker run a/server", "docker run b/server"],
  ["docker run -e A=1 img", "docker run -e B=1 img"],
  ["docker run -v /one:/data img", "docker run -v /two:/data img"],
];
for (const [one, other] of different)
  test(`two servers: ${one} | ${other}`, () => expect(keyOf(one)).not.toBe(keyOf(other)));

test("client and server name are part of the key", () => {
  expect(keyOf("npx x", "cursor")).not.toBe(keyOf("npx x", "codex"));
  expect(keyOf("npx x", "cursor", "a")).not.toBe(keyOf("npx x", "cursor", "b"));
});

test("URLs count as the same whatever their spelling, and credentials are left out", () => {
  expect(keyOfUrl("HTTPS://Example.org:443/mcp/#top")).toBe(keyOfUrl("https://user:secret@example.org/mcp"));
  expect(keyOfUrl("https://example.org/one")).not.toBe(keyOfUrl("https://example.org/two"));
  expect(keyOfUrl("not a url")).not.toBe(keyOfUrl("not a url either"));
});

test("the key is a plain file name", () => expect(keyOf("npx x", "../..", "/etc/passwd")).toMatch(/^[0-9a-f]{32}$/));
