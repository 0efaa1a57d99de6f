import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "mcpguard-test-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("demo", () => {
  it("holds a changed tool, blocks the call to it, masks a secret, shows the log and leaves nothing", async () => {
    const began = performance.now();
    const { stdout, exitCode } = await execa(process.execPath, ["bin/mcpguard.js", "demo"], {
      env: { TMPDIR: folder, HOME: folder },
    });
    expect(exitCode).toBe(0);
    expect(performance.now() - began).toBeLessThan(15_000);
    expect(stdout).toContain("The server offers read_note and list_notes");
    expect(stdout).toContain("AWS key for the bucket: ‹aws-access-key:1›");
    expect(stdout).not.toMatch(/AKIA[A-Z2-7]{16}/);
    expect(stdout).toContain("The client is shown only list_notes");
    expect(stdout).toMatch(/mcpguard blocked this request \(rule access\/hidden, event [0-9a-z]{10}\)/);
    const log = stdout.slice(stdout.indexOf("What the log says"));
    expect(log).toContain("secret_leak");
    expect(log).toContain("rug_pull");
    expect(log).toContain("tool_blocked");
    expect(await readdir(folder)).toEqual([]);
  });
});
