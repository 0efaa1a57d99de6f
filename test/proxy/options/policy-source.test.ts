import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { createPolicySource, openConfig } from "../../../src/proxy/options/policy-source.ts";

function inFolder(files: Readonly<Record<string, string>>): string {
  const home = mkdtempSync(join(tmpdir(), "policy-source-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(home, name), text);
  return home;
}

/** A source over a file in `home`, followed; tells what it told. */
function follow(home: string, name: string | undefined, reloads = true, layers = {}) {
  const place = { home, path: name === undefined ? undefined : join(home, name), detectors: ["anomaly"] };
  const source = createPolicySource(place, openConfig(place), layers, reloads);
  const told = { notes: [] as (readonly string[])[], errors: [] as unknown[] };
  const stop = source.follow(
    (notes) => void told.notes.push(notes),
    (error) => void told.errors.push(error),
  );
  onTestFinished(stop);
  return { source, told, denied: () => source.policyFor("s").deny };
}

const within2s = (check: () => void) => vi.waitFor(check, { timeout: 2000, interval: 20 });
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

describe("the rules of the moment", () => {
  it("lie between the proxy's defaults and the flags", () => {
    const home = inFolder({
      "c.yaml":
        "allow: [a]\ndeny: [b]\nrate_limits: [{method: x, limit: 1}]\nservers: {strict*: {preset: strict, allow: [s]}}\n",
    });
    const layers = { below: { rate_limit: 100 }, above: { deny: ["c"], rate_window: 5 } };
    const { source } = follow(home, "c.yaml", false, layers);
    expect(source.policyFor("plain")).toMatchObject({
      preset: "balanced",
      allow: ["a"],
      deny: ["b", "c"],
      rateLimits: [
        { method: "x", limit: 1, windowMs: 5000 },
        { method: "*", limit: 100, windowMs: 5000 },
      ],
    });
    expect(source.policyFor("strict-one")).toMatchObject({ preset: "strict", allow: ["s"], onGuardError: "closed" });
    const allowing = follow(home, "c.yaml", false, { above: { allow: ["z"] } });
    expect(allowing.source.policyFor("strict-one").allow).toEqual(["z"]);
  });

  it("are worked out once for each upstream", () => {
    const { source } = follow(inFolder({ "c.yaml": "deny: [a]\n" }), "c.yaml");
    expect(source.policyFor("s")).toBe(source.policyFor("s"));
    expect(source.policyFor("s")).not.toBe(source.policyFor("t"));
  });

  it("come from mcpguard's home where no file is named, or from nowhere", () => {
    expect(follow(inFolder({ "config.json": '{"deny": ["h"]}' }), undefined).denied()).toEqual(["h"]);
    expect(follow(inFolder({}), undefined).denied()).toEqual([]);
    expect(follow(inFolder({ "config.yaml": "deny: [h]", "c.yaml": "deny: [n]" }), "c.yaml").denied()).toEqual(["n"]);
  });
});

describe("an edit of the file", () => {
  it("takes effect within 2 s, once, whichever way it is saved", async () => {
    const home = inFolder({ "c.yaml": "deny: [a]\n" });
    const { told, denied } = follow(home, "c.yaml");
    await pause(700);
    expect(told.notes).toEqual([]);
    writeFileSync(join(home, "c.yaml"), "deny: [b]\n");
    await within2s(() => expect(denied()).toEqual(["b"]));
    writeFileSync(join(home, "c.yaml~"), "deny: [c]\n");
    renameSync(join(home, "c.yaml~"), join(home, "c.yaml"));
    await within2s(() => expect(denied()).toEqual(["c"]));
    renameSync(join(home, "c.yaml"), join(home, "c.yaml.bak"));
    writeFileSync(join(home, "c.yaml"), "deny: [d]\n");
    await within2s(() => expect(denied()).toEqual(["d"]));
    expect(told).toEqual({ notes: [[], [], []], errors: [] });
  });

  it("that cannot be used changes nothing and is told once, with its place", async () => {
    const home = inFolder({ "c.yaml": "deny: [a]\n" });
    const { told, denied } = follow(home, "c.yaml");
    writeFileSync(join(home, "c.yaml"), "deny: [a]\nrate_limit: 0\n");
    await within2s(() => expect(told.errors).toHaveLength(1));
    await pause(1200);
    expect(told.errors).toHaveLength(1);
    expect(String(told.errors[0])).toContain("c.yaml:2:13: rate_limit");
    expect(denied()).toEqual(["a"]);
    writeFileSync(join(home, "c.yaml"), "deny: [b]\n");
    await within2s(() => expect(denied()).toEqual(["b"]));
  });

  it("keeps the rules where the named file is gone, and says so", async () => {
    const home = inFolder({ "c.yaml": "deny: [a]\n" });
    const { told, denied } = follow(home, "c.yaml");
    rmSync(join(home, "c.yaml"));
    await within2s(() => expect(told.errors).toHaveLength(1));
    expect(String(told.errors[0])).toContain("c.yaml is gone; its rules stay");
    expect(denied()).toEqual(["a"]);
  });

  it("tells of odd keys, and of those that need a restart", async () => {
    const home = inFolder({ "c.yaml": "port: 1\n" });
    const { told } = follow(home, "c.yaml");
    writeFileSync(join(home, "c.yaml"), "port: 2\nhost: '::1'\ndney: [a]\ndetectors: {anomly: off}\n");
    await within2s(() => expect(told.notes).toHaveLength(1));
    expect(told.notes[0]).toEqual([
      expect.stringMatching(/c\.yaml:3:1: unknown key dney .* deny/),
      expect.stringMatching(/c\.yaml:4:13: there is no detector anomly/),
      "host, port changed: restart the proxy for it to take effect",
    ]);
  });

  it("changes nothing without hot reload", async () => {
    const home = inFolder({ "c.yaml": "deny: [a]\n" });
    const { told, denied } = follow(home, "c.yaml", false);
    writeFileSync(join(home, "c.yaml"), "deny: [b]\n");
    await pause(1500);
    expect(denied()).toEqual(["a"]);
    expect(told).toEqual({ notes: [], errors: [] });
  });

  it("in mcpguard's home counts from the moment the file appears", async () => {
    const home = inFolder({});
    const { denied } = follow(home, undefined);
    await pause(100);
    writeFileSync(join(home, "config.yaml"), "deny: [b]\n");
    await within2s(() => expect(denied()).toEqual(["b"]));
    rmSync(join(home, "config.yaml"));
    await within2s(() => expect(denied()).toEqual([]));
  });
});
