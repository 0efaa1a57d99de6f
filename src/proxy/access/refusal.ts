/** An answer of the proxy itself, before any upstream is asked. */
export type OwnAnswer = {
  status: number;
  headers: Readonly<Record<string, string | string[]>>;
  body: string;
};

/** `detail` is for a person: what was wrong, and what to do. */
export function refusal(status: number, error: string, detail: string, headers: OwnAnswer["headers"] = {}): OwnAnswer {
  const always = {
    "content-type": "application/json",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  };
  return { status, headers: { ...always, ...headers }, body: `${JSON.stringify({ error, detail })}\n` };
}

/** 401 for whoever sent no key or a wrong one; browsers ask for a password, which is the key. */
export function unauthorized(headers: OwnAnswer["headers"] = {}): OwnAnswer {
  const detail =
    "Send the proxy's API key as Authorization: Bearer, as the password of Basic authentication with any user name, or as X-Mcpguard-Key.";
  const challenges = ['Bearer realm="mcpguard"', 'Basic realm="mcpguard", charset="UTF-8"'];
  return refusal(401, "unauthorized", detail, { "www-authenticate": challenges, ...headers });
}
