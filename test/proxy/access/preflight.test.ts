import { expect, it } from "vitest";
import { corsHeaders, preflight } from "../../../src/proxy/access/preflight.ts";

const headers = {
  origin: "https://app.example",
  "access-control-request-method": "POST",
  "access-control-request-headers": "authorization,content-type,mcp-session-id",
};

it("lets the page call with what it asked for", () => {
  const answer = preflight({ method: "OPTIONS", headers });
  expect(answer).toMatchObject({ status: 204, body: "" });
  expect(answer?.headers).toMatchObject({
    "access-control-allow-origin": "https://app.example",
    "access-control-allow-methods": "POST",
    "access-control-allow-headers": "authorization,content-type,mcp-session-id",
  });
  expect(answer?.headers["vary"]).toContain("Origin");
  expect(answer?.headers).not.toHaveProperty("access-control-allow-private-network");
});

it("lets a public page reach a private network where it asks", () => {
  const asked = { ...headers, "access-control-request-private-network": "true" };
  expect(preflight({ method: "OPTIONS", headers: asked })?.headers).toMatchObject({
    "access-control-allow-private-network": "true",
  });
});

it.each([
  ["a call", "POST", headers],
  ["OPTIONS of a program", "OPTIONS", {}],
  ["OPTIONS without a wanted method", "OPTIONS", { origin: "https://app.example" }],
])("does not answer %s", (_, method, sent) => {
  expect(preflight({ method, headers: sent })).toBeUndefined();
});

it("says nothing about origins to those who have none", () => {
  expect(corsHeaders(undefined)).toEqual({});
});
