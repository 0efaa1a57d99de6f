import type { Event } from "../../../src/core/event.ts";
import type { PendingItem } from "../../../src/core/pending.ts";
import { event } from "../../audit/sample.ts";
import { pendingItem } from "../../state/pending-item.ts";

/** Names that a page must show and never obey. Each would leave a mark in `window.harmed`, a request, or a turned line. */
export const hostile = [
  "<script>window.harmed = 1</script>",
  '"><img src=x onerror="window.harmed = 1">',
  "'><svg onload=window.harmed=1>",
  '<hx-partial hx-target="body" hx-swap="innerHTML"><h1>harmed</h1></hx-partial>',
  '<a hx-get="/harmed" hx-trigger="load">',
  "</title></textarea></pre><iframe src=//evil.example>",
  "javascript:window.harmed=1",
  "{{7*7}}${window.harmed=1}",
  "\u202Eevil\u2066\u200Bname\u001B[31m\u0000\r\ndata: harmed",
];

const ago = (ms: number) => new Date(Date.now() - ms).toISOString();

/** Events in which every text is hostile. */
export function hostileEvents(): Event[] {
  return hostile.map((text, at) =>
    event({
      timestamp: ago(1000 * (hostile.length - at)),
      event_type: "tool_poisoning",
      severity: "critical",
      blocked: true,
      action: "hide",
      message: text,
      tool: text,
      server: text,
      client: text,
      method: text,
      detector: "tool-poisoning",
      rule: text,
      details: { evidence: text, at: text, fix: text, [text]: text, pending: "none" },
    }),
  );
}

/** Items that wait, in which every text is hostile. */
export function hostileItems(): PendingItem[] {
  return hostile.map((text) => {
    const finding = { detector: "tool-poisoning", rule: text, severity: "critical", confidence: "hard" } as const;
    return pendingItem({
      name: text,
      client: text,
      server: text,
      before: JSON.stringify({ name: text, description: "As it was." }),
      after: JSON.stringify({ name: text, description: text, [text]: text }),
      findings: [{ ...finding, at: text, evidence: text, because: text, fix: text }],
    });
  });
}
