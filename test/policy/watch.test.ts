import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { GuardError } from "../../src/core/errors.ts";
import { defaultPolicy, type Policy } from "../../src/core/policy.ts";
import { watchPolicy } from "../../src/policy/watch.ts";

let home: string;
let stop: (() => void) | undefined;
let policies: Policy[];
let errors: GuardError[];

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "policy-watch-"));
  policies = [];
  errors = [];
});
afterEach(() => {
  stop?.();
  rmSync(home, { recursive: true });
});

const write = (text: string, name = "config.yaml") => writeFileSync(join(home, name), text);
const denied = () => policies.map(({ deny }) => deny.join());
const within2s = (check: () => void) => vi.waitFor(check, { timeout: 2000, interval: 20 });
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

function start(): void {
  stop = watchPolicy({
    home,
    server: "s",
    onPolicy: (policy) => void policies.push(policy),
    onError: (error) => void errors.push(error),
  });
}

describe("watchPolicy", () => {
  it("reads the file at start", async () => {
    write("deny: [a]\n");
    start();
    await within2s(() => expect(denied()).toEqual(["a"]));
  });

  it("says nothing where there is no file", async () => {
    start();
    await pause(1200);
    expect([policies, errors]).toEqual([[], []]);
  });

  it("sees a file appear, change, be replaced by rename, and vanish, each within 2 s", async () => {
    start();
    await pause(50);
    write("deny: [a]\n");
    await within2s(() => expect(denied()).toEqual(["a"]));
    write("deny: [b]\n");
    await within2s(() => expect(denied()).toEqual(["a", "b"]));
    write("deny: [c]\n", "config.yaml.new");
    renameSync(join(home, "config.yaml.new"), join(home, "config.yaml"));
    await within2s(() => expect(denied()).toEqual(["a", "b", "c"]));
    rmSync(join(home, "config.yaml"));
    await within2s(() => expect(policies.at(-1)).toEqual(defaultPolicy));
    expect(errors).toEqual([]);
  });

  it("keeps the rules through an invalid edit, reports it once, and takes the repair", async () => {
    write("deny: [a]\n");
    start();
    await within2s(() => expect(denied()).toEqual(["a"]));
    write("deny: {\n");
    await within2s(() => expect(errors).toHaveLength(1));
    await pause(2200);
    expect(errors.map(({ code }) => code)).toEqual(["CONFIG_INVALID"]);
    expect(denied()).toEqual(["a"]);
    write("deny: [b]\n");
    await within2s(() => expect(denied()).toEqual(["a", "b"]));
  });

  it("does not take an emptied file for new rules while an editor is writing", async () => {
    write("deny: [a]\n");
    start();
    await within2s(() => expect(denied()).toEqual(["a"]));
    for (let round = 0; round < 25; round++) {
      write("");
      await pause(40);
      write(`deny: [b${round}]\n`);
      await pause(20);
    }
    await within2s(() => expect(denied().at(-1)).toBe("b24"));
    expect(denied()).not.toContain("");
  });

  it("stops", async () => {
    start();
    stop?.();
    write("deny: [a]\n");
    await pause(1300);
    expect(policies).toEqual([]);
  });
});
