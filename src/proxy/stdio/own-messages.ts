import { isObject, valueAt } from "../../core/json.ts";
import type { Call } from "./call.ts";

/** Members of a request's `_meta` that tell the server which revision a message belongs to. */
const envelope = new Set(
  ["protocolVersion", "clientInfo", "clientCapabilities"].map((name) => `io.modelcontextprotocol/${name}`),
);

/** Tells the server, in the revision of the call, that nobody waits for its answer. */
export function cancelNotice(call: Call, reason: string): Buffer {
  const meta = valueAt(call.params, "_meta");
  const kept = isObject(meta) ? Object.entries(meta).filter(([name]) => envelope.has(name)) : [];
  const rest = kept.length === 0 ? { reason } : { reason, _meta: Object.fromEntries(kept) };
  const requestId = call.alias ?? call.idText;
  const params = `{"requestId":${requestId},${JSON.stringify(rest).slice(1)}`;
  return Buffer.from(`{"jsonrpc":"2.0","method":"notifications/cancelled","params":${params}}`);
}
