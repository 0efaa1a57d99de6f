import { stringAt, valueAt, type JsonObject, type JsonValue } from "../../core/json.ts";

/** An error of the HTTP+JSON binding (google.rpc.Status). */
export type RestError = { status: number; body: Buffer };

const names: Readonly<Record<number, string>> = {
  403: "PERMISSION_DENIED",
  404: "NOT_FOUND",
  429: "RESOURCE_EXHAUSTED",
  502: "UNAVAILABLE",
  503: "UNAVAILABLE",
  504: "DEADLINE_EXCEEDED",
};

export function restError(status: number, message: string, details: JsonValue): RestError {
  const error = { code: status, status: names[status] ?? "INTERNAL", message, details };
  return { status, body: Buffer.from(JSON.stringify({ error })) };
}

/** The guard's refusal, as an error of JSON-RPC, for clients of HTTP+JSON. */
export function restRefusal(error: JsonObject): RestError {
  const details = error["data"] ?? [];
  const isLimit = stringAt(details, 0, "metadata", "rule")?.startsWith("rate-limit/") === true;
  return restError(isLimit ? 429 : 403, stringAt(error, "message") ?? "", valueAt(details) ?? []);
}
