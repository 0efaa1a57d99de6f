import { join } from "node:path";
import { expect, it } from "vitest";
import { cursorFile, cursorText, person, personWithTwoClients } from "./person.ts";

it.each([
  ["--client", "no-such", "claude-code"],
  ["--server", "no-such", "mcpguard status"],
  ["--project", "/no/such/folder", "--project"],
])("%s %s is an error that says what is possible", async (option, value, hint) => {
  const me = personWithTwoClients();
  const { code, err } = await me.run("install", option, value, "--yes");
  expect(code).toBe(1);
  expect(err).toContain(value);
  expect(err).toContain(hint);
  expect(me.read(cursorFile)).toBe(cursorText);
});

it.each([[["--client"]], [["--client="]], [["--server.x", "y"]], [["--project", ".", "--project", "."]], [["--nope"]]])(
  "%j is refused with what to do, without a trace of the program's inside",
  async (options) => {
    const me = personWithTwoClients();
    const { code, err } = await me.run("install", "--yes", ...options);
    expect([code, me.read(cursorFile)]).toEqual([1, cursorText]);
    expect(err).toContain("mcpguard --help");
    expect(err).not.toMatch(/unexpected|\n {4}at /);
  },
);

it.each(["", ".", "me"])("with HOME=%j it does not take this folder's files for the user's", async (HOME) => {
  const me = person({ HOME, USERPROFILE: HOME });
  me.put(cursorFile, cursorText);
  const { code, err } = await me.run("install", "--yes");
  expect([code, me.read(cursorFile), me.files()]).toEqual([1, cursorText, [join(me.home, cursorFile)]]);
  expect(err).toMatch(/HOME|USERPROFILE/);
});
