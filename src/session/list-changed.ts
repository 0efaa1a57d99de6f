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
  const ids = [...(memory.initialized ? [undefined] : []), ...memory.subscriptions.values()];
  return ids.flatMap((id) => listChangedNotice(kind, id) ?? []).map((notice) => Buffer.concat([notice, newline]));
}

const newline = Buffer.from("\n");

/** One such notification, for the stream of a subscription or for a whole session; undefined where nothing is listed. */
export function listChangedNotice(kind: PinKind, subscription: string | number | undefined): Buffer | undefined {
  const method = methods[kind];
  if (method === undefined) return undefined;
  const params =
    subscription === undefined ? {} : { params: { _meta: { "io.modelcontextprotocol/subscriptionId": subscription } } };
  return Buffer.from(JSON.stringify({ jsonrpc: "2.0", method, ...params }));
}
