import type { IncomingHttpHeaders } from "node:http";

/** Only our own files, no script or style in the page itself, no frame around it, no form to elsewhere. */
const contentSecurity = [
  "default-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

const loopback = /^(localhost|[\w.-]+\.localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;

/**
 * What every answer of the dashboard says. A browser that trusts the address tells of every POST where it comes from; at
 * a plain address of the network it does so only where pages may tell their own origin, so there they may.
 */
export function replyHeaders(headers: IncomingHttpHeaders, isSecure: boolean): Record<string, string> {
  const isTrusted = isSecure || loopback.test(headers.host ?? "");
  return {
    "content-security-policy": contentSecurity,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": isTrusted ? "no-referrer" : "same-origin",
    "cross-origin-resource-policy": "same-origin",
    ...(isTrusted ? { "cross-origin-opener-policy": "same-origin" } : {}),
    "cache-control": "no-store",
  };
}
