import { createHash } from "node:crypto";
import { expect } from "vitest";
import { REDIRECT_URI } from "./person.ts";
import type { Protected } from "./start-protected.ts";

const verifier = "a".repeat(43);
const challenge = createHash("sha256").update(verifier).digest("base64url");

export function page({ gateway }: Protected, word: string): string {
  return `${gateway.url}/_mcpguard/oauth/${word}/guarded`;
}

export function register(at: Protected, redirectUris: unknown, more: object = {}): Promise<Response> {
  const body = JSON.stringify({
    client_name: "x",
    redirect_uris: redirectUris,
    token_endpoint_auth_method: "none",
    ...more,
  });
  return fetch(page(at, "register"), { method: "POST", body });
}

export async function registered(at: Protected, uri: string): Promise<string> {
  await fetch(at.url, { method: "POST" });
  const response = await register(at, [uri]);
  expect(response.status).toBe(201);
  return ((await response.json()) as { client_id: string }).client_id;
}

export function authorizeUrl(at: Protected, id: string, uri: string, more: Record<string, string> = {}): string {
  const asked = { response_type: "code", client_id: id, redirect_uri: uri, state: "s", code_challenge: challenge };
  const query = new URLSearchParams({ ...asked, code_challenge_method: "S256", ...more }).toString();
  return `${page(at, "authorize")}?${query}`;
}

export function redeem(at: Protected, form: Record<string, string>): Promise<Response> {
  const all = { grant_type: "authorization_code", redirect_uri: REDIRECT_URI, code_verifier: verifier, ...form };
  return fetch(page(at, "token"), { method: "POST", body: new URLSearchParams(all) });
}
