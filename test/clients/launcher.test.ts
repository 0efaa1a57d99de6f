import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { expect, it, onTestFinished } from "vitest";
import {
  currentBuild,
  installLauncher,
  isInstalled,
  launcherAt,
  type LauncherPlace,
} from "../../src/clients/launcher.ts";

const now = new Date("2026-11-22T12:00:00Z");

/** A package that prints what it was started with. */
function packageIn(folder: string, word = "one"): string {
  const source = join(folder, `package-${word}`);
  const show = `console.log(JSON.stringify({ word: "${word}", home: process.env.MCPGUARD_HOME, node: process.execPath, argv: process.argv.slice(2) }));`;
  for (const [path, text] of [
    ["package.json", '{"name":"mcpguard","version":"1.2.3","type":"module"}'],
    ["bin/package.json", '{"type":"commonjs"}'],
    ["bin/mcpguard.js", show.replace("word:", "cli: true, word:")],
    ["dist/wrap.cjs", show],
  ] as const) {
    mkdirSync(join(source, path, ".."), { recursive: true });
    writeFileSync(join(source, path), text);
  }
  return source;
}

function place(name = "home", given: Partial<LauncherPlace> = {}): LauncherPlace & { folder: string } {
  const folder = mkdtempSync(join(tmpdir(), "mcpguard-launcher-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return { folder, home: join(folder, name), platform: "linux", node: process.execPath, noexec: false, ...given };
}

async function run(
  words: readonly string[],
  args: readonly string[],
  env: Record<string, string> = { PATH: "/usr/bin:/bin" },
) {
  const [file = "", ...rest] = [...words, ...args];
  return execa(file, rest, { env, extendEnv: false, reject: false });
}

it.each([["home"], ["a home with spaces"], ['it\'s $HOME "quoted" `x` \\ ünï'], ["-n"], ["new\nline"]])(
  "starts wrap with its own home, whatever the home is called: %j",
  async (name) => {
    const at = place(name);
    installLauncher(at, packageIn(at.folder), now);
    const args = ["wrap", "--server", "a b", "--", "x", "$HOME", ""];
    const { stdout } = await run(launcherAt(at).words, args, { PATH: "", MCPGUARD_HOME: "/elsewhere" });
    expect(JSON.parse(stdout)).toEqual({ word: "one", home: at.home, node: process.execPath, argv: args });
  },
);

it("any other verb goes to the command line", async () => {
  const at = place();
  installLauncher(at, packageIn(at.folder), now);
  const { stdout } = await run(launcherAt(at).words, ["status", "--json"]);
  expect(JSON.parse(stdout)).toMatchObject({ cli: true, argv: ["status", "--json"] });
});

it.each([
  ["win32", false],
  ["linux", true],
] as const)("on %s (noexec %s) node is called with a script", async (platform, noexec) => {
  const at = place("a home", { platform, noexec });
  installLauncher(at, packageIn(at.folder), now);
  const { words } = launcherAt(at);
  expect(words).toEqual([process.execPath, join(at.home, "bin", "mcpguard.cjs")]);
  chmodSync(words[1] ?? "", 0o600);
  const { stdout } = await run(words, ["wrap", "--server", "x", "--", "y"]);
  expect(JSON.parse(stdout)).toMatchObject({ word: "one", home: at.home, argv: ["wrap", "--server", "x", "--", "y"] });
});

it("node on PATH steps in where the recorded one is gone", async () => {
  const at = place("home", { node: "/gone/node" });
  installLauncher(at, packageIn(at.folder), now);
  mkdirSync(join(at.folder, "path"));
  writeFileSync(join(at.folder, "path", "node"), `#!/bin/sh\nexec '${process.execPath}' "$@"\n`, { mode: 0o755 });
  const { stdout } = await run(launcherAt(at).words, ["wrap"], { PATH: join(at.folder, "path") });
  expect(JSON.parse(stdout)).toMatchObject({ word: "one" });
});

it("without any node, or without the build, it says what to do and ends with 127", async () => {
  const at = place("home", { node: "/gone/node" });
  installLauncher(at, packageIn(at.folder), now);
  const noNode = await run(launcherAt(at).words, ["wrap"], { PATH: "/nowhere" });
  expect([noNode.exitCode, noNode.stdout]).toEqual([127, ""]);
  expect(noNode.stderr).toContain("/gone/node");
  const other = place();
  installLauncher(other, packageIn(other.folder), now);
  rmSync(join(other.home, "lib"), { recursive: true });
  const noBuild = await run(launcherAt(other).words, ["wrap"]);
  expect(noBuild.exitCode).toBe(127);
  expect(noBuild.stderr).toContain("npx mcpguard install");
});

it("is for the owner only, and is known to be in place", () => {
  const at = place();
  const source = packageIn(at.folder);
  expect(isInstalled(at, source)).toBe(false);
  installLauncher(at, source, now);
  expect(isInstalled(at, source)).toBe(true);
  expect(statSync(at.home).mode & 0o777).toBe(0o700);
  expect(readdirSync(join(at.home, "bin")).toSorted()).toEqual(["mcpguard", "mcpguard.cjs"]);
  writeFileSync(launcherAt(at).shell, "#!/bin/sh\nexit 1\n");
  expect(isInstalled(at, source)).toBe(false);
});

it.each([
  ["is gone", (lib: string) => rmSync(join(lib, "dist/wrap.cjs"))],
  ["was cut short", (lib: string) => writeFileSync(join(lib, "dist/wrap.cjs"), "")],
])("a copy in which a file %s is known, and made anew by the next install", async (_, damage) => {
  const at = place();
  const source = packageIn(at.folder);
  installLauncher(at, source, now);
  damage(currentBuild(at.home) ?? "");
  expect(isInstalled(at, source)).toBe(false);
  installLauncher(at, source, now);
  expect(isInstalled(at, source)).toBe(true);
  expect(readdirSync(join(at.home, "lib"))).toHaveLength(1);
  expect((await run(launcherAt(at).words, ["wrap"])).exitCode).toBe(0);
});

it("a new build is switched to, and an old one is kept for 30 days after its last use", async () => {
  const at = place();
  const day = (number: number): Date => new Date(now.getTime() + number * 86_400_000);
  installLauncher(at, packageIn(at.folder, "one"), now);
  const first = currentBuild(at.home) ?? "";
  installLauncher(at, packageIn(at.folder, "two"), day(100));
  const second = currentBuild(at.home) ?? "";
  expect([first, second].map((path) => existsSync(path))).toEqual([true, true]);
  const { stdout } = await run(launcherAt(at).words, ["wrap"]);
  expect(JSON.parse(stdout)).toMatchObject({ word: "two" });
  installLauncher(at, packageIn(at.folder, "two"), day(129));
  expect(existsSync(first)).toBe(true);
  installLauncher(at, packageIn(at.folder, "two"), day(131));
  expect([first, second].map((path) => existsSync(path))).toEqual([false, true]);
});

it("installing from the copy itself copies nothing, and half copies of killed runs go after a day", () => {
  const at = place();
  installLauncher(at, packageIn(at.folder), now);
  const build = currentBuild(at.home) ?? "";
  cpSync(build, `${build}.999999999.tmp`, { recursive: true });
  utimesSync(`${build}.999999999.tmp`, now, now);
  installLauncher(at, build, new Date(now.getTime() + 2 * 86_400_000));
  expect(readdirSync(join(at.home, "lib"))).toEqual([build.split("/").at(-1)]);
});

it("a folder without a build is an error with a fix", () => {
  const at = place();
  const source = packageIn(at.folder);
  rmSync(join(source, "dist"), { recursive: true });
  expect(() => installLauncher(at, source, now)).toThrow(expect.objectContaining({ code: "NOT_BUILT" }));
});
