import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { event, writeLog } from "../audit/sample.ts";
import { runCli, temporaryHome } from "./run-cli.ts";

function homeWithSession(): { home: string; file: string } {
  const home = temporaryHome();
  const [start, end] = [event({ event_type: "session_start" }), event({ event_type: "session_end" })];
  writeLog(join(home, "log"), start, event(), event(), event(), end);
  return { home, file: join(home, "log", "2026-11-22.jsonl") };
}

test("an intact log exits 0", async () => {
  const { home } = homeWithSession();
  const { code, out } = await runCli(home, "analyze", "--verify");
  expect({ code, out }).toEqual({ code: 0, out: "The log is intact: 5 lines of 1 sessions checked, 0 problems." });
});

test("an edited line exits 1 and is named, also as JSON", async () => {
  const { home, file } = homeWithSession();
  writeFileSync(file, readFileSync(file, "utf8").replace("tools/call answered", "tools/call denied"));
  const { code, out } = await runCli(home, "analyze", "--verify");
  expect(code).toBe(1);
  expect(out).toContain("2026-11-22.jsonl:2: session s1");
  const json = await runCli(home, "analyze", "--verify", "--json");
  expect(json.code).toBe(1);
  expect(JSON.parse(json.out)).toMatchObject({ intact: false, problemCount: 1, problems: [{ line: 2 }] });
});

test("a session without its end is a warning and exits 0", async () => {
  const { home, file } = homeWithSession();
  writeFileSync(
    file,
    readFileSync(file, "utf8")
      .split("\n")
      .slice(0, 3)
      .map((line) => `${line}\n`)
      .join(""),
  );
  const { code, out } = await runCli(home, "analyze", "--verify");
  expect(code).toBe(0);
  expect(out).toContain("warning: session s1 has no session_end");
});
