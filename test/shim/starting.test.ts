import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { fixture, startDirect, startShim, temporaryFolder } from "./conversation.ts";

test("26 a command that does not exist: exit 127, nothing on stdout, its name on stderr, without waiting for stdin", async () => {
  const shim = startShim(["no-such-command-here", "x"]);
  expect(await shim.exit).toEqual({ code: 127, signal: null });
  expect(shim.output.length).toBe(0);
  expect(shim.errors).toContain("no-such-command-here");
});

test.each([
  ["a file that may not be executed", (folder: string) => join(folder, "plain")],
  ["a folder", (folder: string) => join(folder, "sub")],
  ["a path through a file", (folder: string) => join(folder, "plain", "server")],
])("26 %s: exit 126 or 127, nothing on stdout, its name on stderr", async (_, path) => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "plain"), "echo started\n");
  chmodSync(join(folder, "plain"), 0o644);
  mkdirSync(join(folder, "sub"));
  const shim = startShim([path(folder)]);
  expect([126, 127]).toContain((await shim.exit).code);
  expect(shim.output.length).toBe(0);
  expect(shim.errors).toContain(path(folder));
  expect(shim.errors).not.toContain("    at ");
});

test("26 a wrong command line of the shim itself says what is wrong and starts nothing", async () => {
  const shim = startShim([]);
  expect((await shim.exit).code).toBe(2);
  expect(shim.errors).toContain("needs a command");
});

const odd = [
  "",
  " ",
  "two words",
  'quo"te',
  "it's",
  "back\\slash",
  "ünï-🙂",
  "$HOME",
  "*",
  "--server",
  "--",
  "-x",
  "a\nb",
  "%PATH%",
  "`id`",
];

test("28 arguments, folder, environment and umask reach the server as they are", async () => {
  const folder = temporaryFolder();
  const env = { MY_EMPTY: "", MY_TEXT: 'a "b" ünï\n=x', NO_COLOR: "1" };
  const direct = startDirect(fixture("about", ...odd), { env, cwd: folder });
  const guarded = startShim(fixture("about", ...odd), { env, cwd: folder });
  const [expected, seen] = (await Promise.all([direct.finish(), guarded.finish()])).map((output) =>
    JSON.parse(output.toString()),
  );
  expect(seen).toEqual(expected);
  expect(expected.argv).toEqual(odd);
  expect(expected.env.MY_TEXT).toBe(env.MY_TEXT);
});

test("28 the umask is the client's", async () => {
  const quoted = startShimUnder("umask 027", fixture("about"));
  expect(JSON.parse((await quoted.finish()).toString()).umask).toBe(0o027);
});

/** The shim, started by a shell that runs `line` first. */
function startShimUnder(line: string, server: readonly string[]): ReturnType<typeof startDirect> {
  const shim = startShim(server);
  shim.process.kill("SIGKILL");
  const command = [process.execPath, ...shim.process.spawnargs.slice(1)].map((word) => `'${word}'`).join(" ");
  return startDirect(["sh", "-c", `${line}; MCPGUARD_HOME='${shim.home}' exec ${command}`]);
}

test("21 stderr arrives byte for byte and at once; nothing of the shim's own is on stdout or stderr", async () => {
  const said = "warning: ünï\r\nno newline at the end";
  const shim = startShim(fixture("play", JSON.stringify([{ error: said }, { input: 1 }, { write: "{}\n" }])));
  while (shim.errors.length < said.length) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(shim.output.length).toBe(0);
  shim.send("\n");
  expect((await shim.finish()).toString()).toBe("{}\n");
  expect(shim.errors).toBe(said);
});

const flood = ["sh", "-c", "sleep 0.5; head -c 1000000 /dev/zero | tr '\\0' x >&2; echo done"];

test.each([
  ["the client's input has ended", ""],
  ["the shim has said something itself", "preset: nonsense\n"],
])("21 after %s, stderr still takes all that the server writes, however slow the client is", async (_, config) => {
  // Node makes a pipe non-blocking when it looks at it: the server, which shares it, would lose text.
  const shim = startShim(flood, { config });
  shim.process.stderr?.pause();
  setTimeout(() => shim.process.stderr?.resume(), 1000);
  expect((await shim.finish()).toString()).toBe("done\n");
  expect(shim.errors.includes("config.yaml")).toBe(config !== "");
  expect(shim.errors).toContain("x".repeat(1_000_000));
});

test("28 started by the command line, too, the server gets the client's environment", async () => {
  const bin = fileURLToPath(new URL("../../bin/mcpguard.js", import.meta.url));
  const env = { NO_COLOR: "1" };
  const direct = startDirect(fixture("about"), { env });
  const guarded = startDirect([process.execPath, bin, "wrap", "--server", "s", "--", ...fixture("about")], { env });
  const [expected, seen] = (await Promise.all([direct.finish(), guarded.finish()])).map(
    (output) => JSON.parse(output.toString()).env,
  );
  expect(seen).toEqual(expected);
});

test("28 a command that is not on PATH is found where installers put it, and the shim says so", async () => {
  const home = temporaryFolder();
  const folder = join(home, ".local/bin");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "my-server"), '#!/bin/sh\necho "$PATH"\n', { mode: 0o755 });
  const shim = startShim(["my-server"], { env: { HOME: home, PATH: "/usr/bin:/bin" } });
  const path = (await shim.finish()).toString().trim().split(":");
  expect(path.slice(0, 3)).toEqual(["/usr/bin", "/bin", folder]);
  expect(shim.errors).toContain(folder);
});
