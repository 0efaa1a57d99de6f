import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { detectors } from "../../src/detectors/index.ts";
import { runCli, temporaryHome } from "./run-cli.ts";

it("lists every detector with what it finds and what follows", async () => {
  const { code, out } = await runCli(temporaryHome(), "rules");
  expect(code).toBe(0);
  for (const { meta } of detectors) expect(out).toContain(meta.id);
});

it("prints one JSON array, and knows what the config says now", async () => {
  const home = temporaryHome();
  writeFileSync(join(home, "config.yaml"), "detectors:\n  prompt-injection: block\n");
  const { code, out } = await runCli(home, "rules", "--json");
  expect(code).toBe(0);
  const rows: { id: string; severity: string; why: string; action: { hard: string; soft: string } }[] = JSON.parse(out);
  expect(rows.map(({ id }) => id)).toEqual(detectors.map(({ meta }) => meta.id));
  expect(rows.find(({ id }) => id === "prompt-injection")?.action).toMatchObject({ hard: "block", soft: "block" });
  expect(rows.every(({ why, severity }) => why.length > 20 && severity !== "")).toBe(true);
});
