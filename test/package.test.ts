import { readFileSync } from "node:fs";
import { execa } from "execa";
import { beforeAll, describe, expect, it } from "vitest";

type Packed = { size: number; unpackedSize: number; files: { path: string; size: number; mode: number }[] };

describe("the published package", () => {
  let packed: Packed;
  const sizeOf = (path: string) => packed.files.find((file) => file.path === path)?.size ?? 0;

  beforeAll(async () => {
    const { stdout } = await execa("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"]);
    [packed] = JSON.parse(stdout) as [Packed];
  });

  it("holds the build, the docs and nothing else", () => {
    const paths = packed.files.map(({ path }) => path);
    const expected = ["CHANGELOG.md", "LICENSE", "README.md", "package.json", "bin/mcpguard.js", "bin/package.json"];
    expect(paths).toEqual(expect.arrayContaining(expected));
    expect(paths).toEqual(
      expect.arrayContaining([
        "dist/wrap.cjs",
        "dist/gate.json",
        "dist/policy-load.cjs",
        "dist/cli.mjs",
        "docs/config.schema.json",
      ]),
    );
    const others = paths.filter((path) => !expected.includes(path));
    expect(
      others.filter(
        (path) => !/^(dist\/(gate\.json|[\w.-]+\.[cm]js)|docs\/(decisions\/)?[\w.-]+\.(md|json))$/.test(path),
      ),
    ).toEqual([]);
  });

  it("needs no other package and runs nothing when it is installed", () => {
    const manifest = JSON.parse(readFileSync("package.json", "utf8")) as Record<string, Record<string, string>>;
    expect(manifest["dependencies"] ?? {}).toEqual({});
    expect(Object.keys(manifest["scripts"] ?? {}).filter((name) => /^(pre|post)?install$/.test(name))).toEqual([]);
  });

  it("can be run", () => {
    expect((packed.files.find(({ path }) => path === "bin/mcpguard.js")?.mode ?? 0) & 0o111).toBe(0o111);
    expect(readFileSync("bin/mcpguard.js", "utf8").split("\n").length).toBeLessThanOrEqual(21);
  });

  it("stays small, above all the shim", () => {
    expect(packed.size).toBeLessThan(2_000_000);
    expect(sizeOf("dist/wrap.cjs")).toBeLessThan(400_000);
  });

  it("keeps the costly packages off the shim's path", () => {
    const shim = readFileSync("dist/wrap.cjs", "utf8");
    const required = [...shim.matchAll(/\b(?:require|import)\("([^"]+)"\)/g)].map(([, name]) => name);
    expect(required.filter((name) => !name?.startsWith("node:"))).toEqual(["./policy-load.cjs"]);
    expect(shim).not.toMatch(/ZodError|YAMLParseError|yoga|yargs/);
  });
});
