import type { Memory, PinKind } from "../core/memory.ts";

const methods: Readonly<Partial<Record<PinKind, string>>> = {
  tool: "notifications/tools/list_changed",
  prompt: "notifications/prompts/list_changed",
};

/**
 * Notifications that make a client ask for a list again. Up to 2025-11-25 every initialized client
 * gets one; since 2026-07-28 each open `subscriptions/listen` does, under its own id.
 */
export function listChanged(memory: Readonly<Memory>, kind: PinKind): Buffer[] {
  const method = methods[kind];
  if (method === undefined) return [];
  const notifications = memory.initialized ? [{ jsonrpc: "2.0", method }] : [];
  const subscribed = [...memory.subscriptions.values()].map((id) => {
    return { jsonrpc: "2.0", method, params: { _meta: { "io.modelcontextprotocol/subscriptionId": id } } };
  });
  return [...notifications, ...subscribed].map((notification) => Buffer.from(`${JSON.stringify(notification)}\n`));
}
