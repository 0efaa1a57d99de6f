import type { PendingItem } from "../../src/core/pending.ts";
import { pendingId } from "../../src/state/pending.ts";

/** A changed tool that waits, with its own id. */
export function pendingItem(changes: Partial<PendingItem> = {}): PendingItem {
  const item: PendingItem = {
    id: "",
    kind: "tool",
    name: "add",
    reason: "changed",
    pinSet: "0123abcd",
    session: "s1",
    client: "cursor",
    server: "files",
    transport: "stdio",
    protocol: "mcp",
    since: "2026-11-22T10:00:00.000Z",
    before: '{"name":"add"}',
    after: '{"description":"new","name":"add"}',
    findings: [],
    ...changes,
  };
  return { ...item, id: pendingId(item) };
}
