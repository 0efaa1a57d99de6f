import { readdirSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Detector, Example } from "../src/core/detector.ts";
import type { Finding } from "../src/core/finding.ts";
import { detectors } from "../src/detectors/index.ts";
import { buildGate } from "../src/text/gate.ts";
import { adversarialTexts } from "./detectors/adversarial-texts.ts";
import { inspect, newGuard } from "./engine/new-guard.ts";
import { subjectOf } from "./detectors/subject-of.ts";

/** What the given detectors find in an example's message, after the messages before it. */
function findingsOf(example: Example, given: readonly Detector[]): Finding[] {
  const { policy = {}, protocol = "mcp" } = example;
  const guard = newGuard({ detectors: given, policy, protocol });
  for (const { direction, message, time } of example.before ?? []) inspect(guard, direction, message, time);
  const { verdict, events } = inspect(guard, example.direction, example.message, example.time);
  expect(events.filter(({ draft }) => draft.event_type === "guard_error")).toEqual([]);
  return verdict.findings.map(({ finding }) => finding).filter(({ detector }) => detector !== "access");
}

const bytesOf = ({ message }: Example): Uint8Array => Buffer.from(JSON.stringify(message));

describe("the list of detectors", () => {
  it("is sorted, and has a row for each file of its name", () => {
    const ids = detectors.map(({ meta }) => meta.id);
    expect(ids).toEqual(ids.toSorted());
    const others = new Set(["gate", "gate-tables", "index"]);
    const files = readdirSync(new URL("../src/detectors", import.meta.url)).filter((name) => name.endsWith(".ts"));
    expect(files.map((name) => name.slice(0, -3)).filter((name) => !others.has(name))).toEqual(ids);
  });
});

describe.each(detectors.map((detector) => [detector.meta.id, detector] as const))("%s", (id, detector) => {
  it.each(detector.examples.bad.map((example) => [example.title, example] as const))("finds: %s", (_, example) => {
    const expected = expect.objectContaining({ ...example.expect, detector: id });
    const findings = findingsOf(example, [detector]);
    expect(findings).toContainEqual(expected);
    for (const { evidence, severity } of findings) {
      expect(evidence.length).toBeLessThanOrEqual(100);
      expect(evidence).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      expect(severity).not.toBe("info");
    }
  });

  it.each(detector.examples.good.map((example) => [example.title, example] as const))(
    "leaves alone: %s",
    (_, example) => {
      expect(findingsOf(example, detectors)).toEqual([]);
    },
  );

  it("is asked about every message it can object to", () => {
    if (detector.meta.anchors === undefined) return;
    const gate = buildGate(detector.meta.anchors);
    for (const example of detector.examples.bad) {
      const bytes = bytesOf(example);
      expect(gate.isOpen(bytes), example.title).toBe(true);
      const scan = gate.createScan();
      for (let from = 0; from < bytes.length; from += 7) scan.push(bytes.subarray(from, from + 7));
      expect(scan.open, `${example.title}, in pieces`).toBe(true);
    }
  });

  it("never throws on any text, and points only into the text", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.string({ unit: "grapheme", maxLength: 300 }),
    );
    fc.assert(
      fc.property(text, fc.boolean(), (given, isKey) => {
        for (const role of detector.meta.roles) {
          for (const { span } of detector.inspect(subjectOf(detector, given, role, isKey))) {
            if (span !== undefined)
              expect(0 <= span.start && span.start <= span.end && span.end <= given.length).toBe(true);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it("takes twice as long for twice the text, whatever the text", { timeout: 240_000 }, () => {
    const [role] = detector.meta.roles;
    if (role === undefined) return;
    for (const [name, unit] of adversarialTexts) {
      const half = elapsed(() =>
        detector.inspect(subjectOf(detector, unit.repeat((512 * 1024) / unit.length), role, false)),
      );
      const whole = elapsed(() =>
        detector.inspect(subjectOf(detector, unit.repeat((1024 * 1024) / unit.length), role, false)),
      );
      expect(whole, `${name}: ${Math.round(half)} ms, then ${Math.round(whole)} ms`).toBeLessThan(3.5 * half + 150);
      expect(whole, name).toBeLessThan(2500);
    }
  });
});

/** Processor time in milliseconds: what else the machine does is no fault of the detector's. */
function elapsed(work: () => void): number {
  const started = process.cpuUsage();
  work();
  return process.cpuUsage(started).user / 1000;
}
