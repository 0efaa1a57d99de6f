import type { Head } from "../exchange/upstream.ts";

/** What a server says when it wants a login, or another one. RFC 6750, RFC 9728 */
export type Challenge = {
  status: 401 | 403;
  error: string | undefined;
  scope: string | undefined;
  metadataUrl: string | undefined;
};

/** A scheme, or a parameter with its value. */
const part = /([\w!#$%&'*+.^`|~-]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+)))?/g;
const metadataParameter = /(\bresource_metadata\s*=\s*)(?:"(?:[^"\\]|\\.)*"|[^\s,"]+)|"(?:[^"\\]|\\.)*"/gi;

/** The challenge of an answer that a login can help with: any 401, and a 403 for want of scope. */
export function challengeOf({ status, headers }: Head): Challenge | undefined {
  if (status !== 401 && status !== 403) return undefined;
  const parameters = bearerParameters(linesOf(headers["www-authenticate"]));
  const error = parameters.get("error");
  if (status === 403 && error !== "insufficient_scope") return undefined;
  const url = parameters.get("resource_metadata");
  return {
    status,
    error,
    scope: parameters.get("scope") || undefined,
    metadataUrl: url !== undefined && URL.canParse(url) ? url : undefined,
  };
}

/** The header with another `resource_metadata`; everything else stays as it was written. */
export function withMetadataUrl(header: string, url: string): string {
  return header.replace(metadataParameter, (found, name?: string) => (name === undefined ? found : `${name}"${url}"`));
}

export function linesOf(header: string | readonly string[] | undefined): readonly string[] {
  return header === undefined || typeof header === "string" ? [header ?? ""] : header;
}

function bearerParameters(lines: readonly string[]): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const line of lines) {
    let scheme = "";
    for (const [, name = "", quoted, plain] of line.matchAll(part)) {
      const value = quoted?.replace(/\\(.)/g, "$1") ?? plain;
      if (value === undefined) scheme = name.toLowerCase();
      else if (scheme === "bearer" && !parameters.has(name.toLowerCase())) parameters.set(name.toLowerCase(), value);
    }
  }
  return parameters;
}
