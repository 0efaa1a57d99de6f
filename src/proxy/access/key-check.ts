import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

/** `strip` names the headers, in lower case, that hold the key and must not go upstream. */
export type KeyAnswer = { outcome: "ok" | "missing"; strip: readonly string[] };
export type KeyCheck = (headers: IncomingHttpHeaders) => KeyAnswer;

const OWN_HEADER = "x-mcpguard-key";

/**
 * Looks for the proxy's key where callers may put it: `Authorization` as Bearer or as the password of Basic,
 * or `X-Mcpguard-Key`, which leaves `Authorization` to the upstream. Never in the URL, which ends up in logs.
 * Without a key everybody is admitted.
 */
export function createKeyCheck(key: string | undefined): KeyCheck {
  if (key === undefined) return () => ({ outcome: "ok", strip: [OWN_HEADER] });
  const expected = digest(key);
  const isKey = (given: string | undefined): boolean => given !== undefined && timingSafeEqual(digest(given), expected);

  return (headers) => {
    const inAuthorization = isKey(credentials(headers.authorization));
    const own = headers[OWN_HEADER];
    const inOwn = isKey(typeof own === "string" ? own : undefined);
    // Also where the key stands in a form that does not count.
    const holdsKey = inAuthorization || headers.authorization?.includes(key) === true;
    return {
      outcome: inAuthorization || inOwn ? "ok" : "missing",
      strip: holdsKey ? [OWN_HEADER, "authorization"] : [OWN_HEADER],
    };
  };
}

/** Of one length whatever is compared, so that time tells nothing about the key. */
function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

function credentials(authorization: string | undefined): string | undefined {
  const [, scheme = "", value = ""] = /^(\S+) +(\S+) *$/.exec(authorization ?? "") ?? [];
  if (/^bearer$/i.test(scheme)) return value;
  if (!/^basic$/i.test(scheme)) return undefined;
  const pair = Buffer.from(value, "base64").toString("utf8");
  const colon = pair.indexOf(":");
  return colon === -1 ? undefined : pair.slice(colon + 1);
}
