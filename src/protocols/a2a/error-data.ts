import type { JsonValue } from "../../core/json.ts";

/** What is wrong with a parameter of a request, by its JSON pointer. */
export type FieldViolation = { at: string; because: string };

/**
 * What tells a program why mcpguard refused something, as A2A's errors carry it: in `error.data` of
 * JSON-RPC and `error.details` of HTTP+JSON. https://a2a-protocol.org/latest/specification/ (9.5, 11.6)
 */
export function a2aErrorData(rule: string, event: string, violations: readonly FieldViolation[]): JsonValue[] {
  const data: JsonValue[] = [
    {
      "@type": "type.googleapis.com/google.rpc.ErrorInfo",
      reason: "POLICY_BLOCKED",
      domain: "mcpguard",
      metadata: { rule, event },
    },
  ];
  if (violations.length === 0) return data;
  const fieldViolations = violations.map(({ at, because }) => ({ field: fieldOf(at), description: because }));
  return [...data, { "@type": "type.googleapis.com/google.rpc.BadRequest", fieldViolations }];
}

/** `configuration.pushNotificationConfig.url` of `/params/configuration/pushNotificationConfig/url`. */
function fieldOf(at: string): string {
  return at
    .replace(/^\/params\//, "")
    .split("/")
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"))
    .join(".");
}
