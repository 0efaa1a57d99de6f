import { expect, test } from "vitest";
import { decisionEvent } from "../../src/audit/decision-event.ts";
import { pendingItem } from "../state/pending-item.ts";

const secret = "sk-live-0123456789abcdef";
const finding = {
  detector: "secrets",
  rule: "api-key",
  severity: "high",
  confidence: "hard",
  at: "/params/arguments/key",
  evidence: secret,
  because: secret,
  fix: secret,
} as const;

test("a decision speaks for the session of its item, and repeats nothing of what was decided about", () => {
  const item = pendingItem({
    kind: "call",
    reason: "held",
    before: secret,
    after: `{"key":"${secret}"}`,
    findings: [finding],
  });
  const event = decisionEvent({ id: item.id, decision: "deny", at: "2026-11-22T12:00:00.000Z", item });
  expect(event).toEqual({
    v: 1,
    timestamp: "2026-11-22T12:00:00.000Z",
    event_type: "decision",
    severity: "info",
    message: "A person denied the held call of add",
    blocked: false,
    details: { item: item.id, decision: "deny", kind: "call", reason: "held", since: item.since },
    session: "s1",
    client: "cursor",
    server: "files",
    transport: "stdio",
    protocol: "mcp",
    direction: null,
    method: null,
    tool: "add",
    detector: "secrets",
    rule: "api-key",
    action: "block",
    id: expect.stringMatching(/^\w{10}$/),
  });
  expect(JSON.stringify(event)).not.toContain(secret);
});
