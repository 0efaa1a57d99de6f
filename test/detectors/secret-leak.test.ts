import { describe, expect, it } from "vitest";
import { defaultPolicy } from "../../src/core/policy.ts";
import { secretLeak } from "../../src/detectors/secret-leak.ts";
import { formats } from "../../src/detectors/secrets/formats.ts";
import { Guard } from "../../src/engine/guard.ts";
import { newServerMemory } from "../../src/engine/memory.ts";
import type { Outcome } from "../../src/engine/outcome.ts";
import { buildGate } from "../../src/text/gate.ts";
import { randomSecrets } from "./random-secrets.ts";

const gate = buildGate(secretLeak.meta.anchors ?? []);

/** What the guard makes of a call with this text, and whether the gate lets the detector see it. */
function called(text: string): Outcome & { sent: string; isOpen: boolean } {
  const guard = new Guard({
    session: { id: "s", client: "c", server: "notes", protocol: "mcp", transport: "stdio" },
    policy: defaultPolicy,
    detectors: [secretLeak],
    server: newServerMemory(),
    newEventId: () => "event",
    pendingId: () => "pending",
  });
  const message = { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "save", arguments: { text } } };
  const bytes = Buffer.from(JSON.stringify(message));
  const outcome = guard.inspect({ direction: "to-server", bytes, now: undefined, textMatters: true });
  const forwarded = JSON.parse(Buffer.from(outcome.forward ?? "{}").toString());
  return { ...outcome, sent: forwarded.params.arguments.text, isOpen: gate.isOpen(bytes) };
}

function rules(text: string): string[] {
  return called(text).verdict.findings.map(({ finding }) => finding.rule);
}

describe.each(Object.entries(randomSecrets(20)))("%s", (rule, secret) => {
  it("is found alone and amid text, through the gate, and not shown in the log", () => {
    for (const text of [secret, `a = "${secret}"; b`, `{"log": "x\\n${secret}\\ny"}`]) {
      const { verdict, isOpen, events } = called(text);
      expect(verdict.findings.map(({ finding }) => finding.rule)).toEqual([rule]);
      expect(isOpen).toBe(true);
      const logged = JSON.stringify(events);
      for (let at = 4; at + 8 <= secret.length; at += 8) expect(logged).not.toContain(secret.slice(at, at + 8));
    }
  });

  it("is replaced where its form is unmistakable", () => {
    const { verdict, sent } = called(`before ${secret} after`);
    const isHard = verdict.findings[0]?.finding.confidence === "hard";
    expect(sent).toBe(isHard ? `before ‹${rule}:1› after` : `before ${secret} after`);
  });

  it("is another one with a letter before it", () => {
    if (rule !== "private-key") expect(rules(`x${secret}`)).not.toContain(rule);
  });
});

it("every format that stands alone has a random secret here", () => {
  const needSurroundings = ["aws-session-token", "azure-sas", "azure-storage-key", "database-password", "putty-key"];
  const tried = Object.keys(randomSecrets(1));
  expect(
    formats
      .map(({ id }) => id)
      .filter((id) => !tried.includes(id))
      .toSorted(),
  ).toEqual(needSurroundings);
});

it("tokens of other seeds are found as well", () => {
  for (let seed = 100; seed < 140; seed++) {
    for (const [rule, secret] of Object.entries(randomSecrets(seed)))
      expect(
        called(secret).verdict.findings.map(({ finding }) => finding.rule),
        secret,
      ).toContain(rule);
  }
});

it("finds what needs its surroundings", () => {
  const { jwt = "", "stripe-key": word = "" } = randomSecrets(7);
  const long = (word.slice(8) + jwt.replace(/[^A-Za-z0-9]/g, "")).repeat(2);
  expect(rules(`DefaultEndpointsProtocol=https;AccountName=a;AccountKey=${long.slice(0, 86)}==;`)).toEqual([
    "azure-storage-key",
  ]);
  expect(rules(`https://a.blob.core.windows.net/b?sv=2024-11-04&sp=r&sig=${long.slice(0, 43)}%3D`)).toEqual([
    "azure-sas",
  ]);
  expect(rules(`aws_session_token = IQoJb3JpZ2lu${long.slice(0, 200)}`)).toEqual(["aws-session-token"]);
  expect(
    rules(`PuTTY-User-Key-File-3: ssh-rsa\nPrivate-Lines: 2\n${long.slice(0, 64)}\n${long.slice(64, 128)}\n`),
  ).toEqual(["putty-key"]);
});

it("the same secret has the same number, another one the next", () => {
  const [one, other] = [randomSecrets(1)["stripe-key"], randomSecrets(2)["stripe-key"]];
  expect(called(`${one} ${other} ${one}`).sent).toBe("‹stripe-key:1› ‹stripe-key:2› ‹stripe-key:1›");
});

it("a token whose checksum does not fit is only reported", () => {
  const token = randomSecrets(3)["github-token"] ?? "";
  const wrong = token.slice(0, -1) + (token.endsWith("0") ? "1" : "0");
  const { verdict, sent } = called(wrong);
  expect(verdict.findings[0]?.finding).toMatchObject({ rule: "github-token", confidence: "soft" });
  expect(sent).toBe(wrong);
});

it("a dump is cut out as a whole", () => {
  const keys = Array.from({ length: 1000 }, (_, seed) => randomSecrets(seed)["aws-access-key"]);
  const { sent } = called(keys.join("\n"));
  expect(sent).not.toMatch(/AKIA/);
  expect(sent).toMatch(/‹secrets:800›$/);
});

it.each([
  "AKIA",
  "ghp_",
  "sk-",
  "-----BEGIN PRIVATE KEY-----",
  "eyJ",
  "eyJ-",
  "ya29.-",
  "IQoJb3JpZ2lu/",
  "pypi-AgE-",
  "postgres://a:",
  "sig=",
  "EAAA",
  "AKIAQ3XM7PLWZ5DEMO2K ",
])("a megabyte of %j takes linear time", (piece) => {
  const started = performance.now();
  called(piece.repeat(Math.ceil(2 ** 20 / piece.length)));
  expect(performance.now() - started).toBeLessThan(5000);
});
