import { expect, it } from "vitest";
import { readMarker, wrapWords } from "../../src/clients/marker.ts";

const words = ["wrap", "--client", "cursor", "--server", "files", "--"];

it.each([
  ["the launcher", ["/home/me/.mcpguard/bin/mcpguard", ...words, "npx", "-y"], 7],
  ["a launcher in any folder", ["/old place/mcpguard", ...words, "npx"], 7],
  ["a bare name", ["mcpguard", ...words, "npx"], 7],
  [
    "node and the script",
    ["C:\\Program Files\\nodejs\\node.exe", "C:\\Users\\me\\.mcpguard\\bin\\mcpguard.cjs", ...words, "cmd"],
    8,
  ],
  ["options in another order", ["mcpguard", "wrap", "--server", "files", "--client=cursor", "--", "npx"], 6],
])("%s is recognised", (_, argv, length) => {
  expect(readMarker(argv)).toEqual({ client: "cursor", server: "files", length, remote: false });
});

it("a remote server is recognised by --url", () => {
  const argv = [
    "mcpguard",
    "wrap",
    "--client",
    "cursor",
    "--server",
    "x",
    "--url",
    "https://x.example",
    "--transport",
    "http",
  ];
  expect(readMarker(argv)).toEqual({ client: "cursor", server: "x", length: 7, remote: true });
});

it.each([["--"], ["--url"], [""], ["--server"], ["wrap"], ["a b"]])("a server may be called %j", (name) => {
  const argv = [...wrapWords(["/x/mcpguard"], "cursor", name), "npx"];
  expect(readMarker(argv)).toEqual({ client: "cursor", server: name, length: 7, remote: false });
});

it.each([
  ["a server in a folder of that name", ["node", "/home/me/mcpguard/server.js", "wrap"]],
  ["a server whose argument has that name", ["npx", "-y", "server-files", "/home/me/mcpguard"]],
  ["another verb", ["/x/mcpguard", "proxy", "--", "npx"]],
  ["no server named", ["/x/mcpguard", "wrap", "--client", "x", "--", "npx"]],
  ["nothing behind --", ["/x/mcpguard", ...words]],
  ["another program that begins alike", ["/x/mcpguard-other", ...words, "npx"]],
  ["node with another script", ["node", "/x/other.js", ...words, "npx"]],
  ["nothing", []],
])("%s is no marker", (_, argv) => {
  expect(readMarker(argv)).toBeUndefined();
});
