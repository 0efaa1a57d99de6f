import { closeSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { expect, test } from "vitest";
import { event, noon, temporaryFolder } from "./sample.ts";

const cli = fileURLToPath(new URL("../../src/cli.ts", import.meta.url));
const lines = 1_000_000;

function writeMillion(folder: string): void {
  const file = openSync(join(folder, "2026-11-22.jsonl"), "w");
  const [before = "", after = ""] = JSON.stringify({ ...event({ timestamp: "@" }), prev: "9f".repeat(32) }).split("@");
  for (let n = 0; n < lines; n += 10_000) {
    const batch = Array.from({ length: 10_000 }, (_, at) => before + new Date(noon + n + at).toISOString() + after);
    writeSync(file, `${batch.join("\n")}\n`);
  }
  closeSync(file);
}

test("a million events are analysed in bounded memory, in seconds", { timeout: 60_000 }, async () => {
  const folder = temporaryFolder();
  writeMillion(folder);
  const started = performance.now();
  const args = [
    "--max-old-space-size=96",
    "--import",
    "tsx",
    cli,
    "analyze",
    folder,
    "--limit",
    "3",
    "--severity",
    "info",
  ];
  const { stdout } = await execa(process.execPath, args);
  const seconds = (performance.now() - started) / 1000;
  expect(stdout.split("\n")[0]).toBe("1000000 events, the newest 3:");
  expect(stdout.split("\n")).toHaveLength(5);
  // 2 to 4 s on two idle cores; the bound leaves room for a machine that is busy.
  expect(seconds).toBeLessThan(15);
});
