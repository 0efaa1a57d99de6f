import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { severities } from "../../src/core/finding.ts";
import type { Event } from "../../src/core/event.ts";
import { event, writeLog } from "../audit/sample.ts";
import { cli, makeHome, runCli } from "./run-cli.ts";

const minute = (n: number) => ({ timestamp: `2026-11-22T12:0${n}:00.000Z` });
const events: Event[] = [
  event({ ...minute(0), id: "start", event_type: "session_start" }),
  event({ ...minute(1), id: "call" }),
  event({
    ...minute(2),
    id: "injection",
    event_type: "prompt_injection",
    severity: "high",
    blocked: true,
    message: "Override phrase",
  }),
  event({
    ...minute(3),
    id: "pull",
    event_type: "rug_pull",
    severity: "critical",
    blocked: true,
    tool: "sub",
    client: "codex",
  }),
  event({ ...minute(4), id: "low", event_type: "anomaly", severity: "low", server: "other" }),
  event({ ...minute(5), id: "end", event_type: "session_end" }),
];

const nasty = "\u001b]0;owned\u0007\u001b[2J\u202eevil\u200b\u0085\u{e0041}\r\nfake line";
const nastyEvent = event({ ...minute(6), message: nasty, tool: nasty, server: nasty });

/** Tests only read, so all share what is made here. */
let [home, nastyHome] = ["", ""];
beforeAll(() => {
  const made = [makeHome(), makeHome()] as const;
  [home, nastyHome] = [made[0].home, made[1].home];
  writeLog(join(home, "log"), ...events);
  writeLog(join(nastyHome, "log"), ...events, nastyEvent);
  appendFileSync(join(nastyHome, "log", "2026-11-22.jsonl"), "{broken\n[]\n");
  return () => {
    for (const { remove } of made) remove();
  };
});

const filters: [string, string[]][] = [
  ["--limit 100", ["start", "call", "injection", "pull", "low", "end"]],
  ["--severity high", ["injection"]],
  ["-s high -s low", ["injection", "low"]],
  ["--type rug_pull --type anomaly", ["pull", "low"]],
  ["-t rug_pull -s low", []],
  ["--limit 2", ["low", "end"]],
  ["-n 1 --blocked", ["pull"]],
  ["--no-blocked --server files", ["start", "call", "end"]],
  ["--tool sub", ["pull"]],
  ["--client codex", ["pull"]],
  ["--since 2026-11-22T12:04Z", ["low", "end"]],
  ["--since 2026-11-22 --until 2026-11-22T12:00:30Z", ["start"]],
  ["--until 2026-11-22 -n 1", ["end"]],
  ["--until 2026-11-21", []],
  ["--since 1h", []],
];

describe("what is asked for comes as one array, newest last:", () => {
  for (const [flags, expected] of filters) {
    test.concurrent(`analyze --json ${flags}`, async ({ expect: check }) => {
      const { code, out, err } = await runCli(home, "analyze", "--json", ...flags.split(" "));
      check({ code, err }).toEqual({ code: 0, err: "" });
      check(JSON.parse(out).map(({ id }: Event) => id)).toEqual(expected);
    });
  }
});

test("the table has a line for each event, counts them and says what was left out", async () => {
  const { out } = await runCli(home, "analyze", "--limit", "4");
  const lines = out.split("\n");
  expect(lines[0]).toBe("6 events, the newest 4:");
  expect(lines[1]).toMatch(/^Time +Type +Severity +Message +Blocked$/);
  expect(lines[2]).toMatch(/^2026-11-22 12:02:00Z +prompt_injection +high +files\/add: Override phrase +yes$/);
  expect(lines).toHaveLength(6);
});

test("a folder may be named", async () => {
  const { out } = await runCli("/no/such/home", "analyze", join(home, "log"), "--severity", "critical");
  expect(out).toMatch(/^1 event\n/);
});

const refusals: [string, string][] = [
  ["--severity serious", severities.map((severity) => `"${severity}"`).join(", ")],
  ["--limit 0", "Give a whole number"],
  ["--limit many", "Give a whole number"],
  ["--since yesterday", "--since yesterday is no time\n  Give a time"],
  ["--until 2026-13-45", "--until 2026-13-45 is no time"],
  ["/no/such/folder", "there is no log folder /no/such/folder"],
];
for (const [flags, message] of refusals) {
  test.concurrent(`analyze ${flags} is refused and says what is possible`, async ({ expect: check }) => {
    const { code, out, err } = await runCli(home, "analyze", ...flags.split(" "));
    check({ code, out }).toEqual({ code: 1, out: "" });
    check(err).toContain(message);
  });
}

test("malformed lines are counted aside, and the rest is shown", async () => {
  const { code, out, err } = await runCli(nastyHome, "analyze", "--json");
  expect({ code, err }).toEqual({ code: 0, err: "2 malformed lines were skipped" });
  expect(JSON.parse(out)).toHaveLength(7);
});

describe("text of a server cannot act on the terminal", () => {
  const acting = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

  test("in the table and the summary", async () => {
    const { out } = await runCli(nastyHome, "analyze");
    expect(out).not.toMatch(acting);
    expect(out.split("\n")).toHaveLength(2 + events.length + 1);
    expect((await runCli(nastyHome, "analyze", "--summary")).out).not.toMatch(acting);
  });

  test("in JSON, where nothing of it is lost", async () => {
    const { out } = await runCli(nastyHome, "analyze", "--json", "-n", "1");
    expect(out).not.toMatch(acting);
    expect(JSON.parse(out)[0].message).toBe(nasty);
  });
});

test("--summary counts what the filters leave", async () => {
  const { out } = await runCli(home, "analyze", "--summary", "--json", "--blocked");
  expect(JSON.parse(out)).toMatchObject({
    events: 2,
    blocked: 2,
    severities: { high: 1, critical: 1 },
    tools: { add: 1, sub: 1 },
  });
  expect((await runCli(home, "analyze", "--summary")).out).toMatch(/^6 events, 2 blocked\n/);
});

test("a reader that has seen enough is no error", async () => {
  const { home: big, remove } = makeHome();
  onTestFinished(remove);
  writeLog(join(big, "log"), ...Array.from({ length: 3000 }, () => event()));
  const child = spawn(process.execPath, ["--import", "tsx", cli, "analyze", join(big, "log"), "-n", "3000", "--json"]);
  const errors = text(child.stderr);
  child.stdout.once("data", () => child.stdout.destroy());
  expect(await once(child, "exit")).toEqual([0, null]);
  expect(await errors).toBe("");
});
