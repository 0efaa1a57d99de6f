import type { IncomingHttpHeaders } from "node:http";
import { describe, expect, it } from "vitest";
import { createKeyCheck } from "../../../src/proxy/access/key-check.ts";

const key = "k3y:with=odd/signs";
const basic = (pair: string) => `Basic ${Buffer.from(pair).toString("base64")}`;
const check = createKeyCheck(key);

describe("a caller with the key", () => {
  it.each<[string, IncomingHttpHeaders, string[]]>([
    ["as Bearer", { authorization: `Bearer ${key}` }, ["x-mcpguard-key", "authorization"]],
    ["as bearer, with more spaces", { authorization: `bEARER   ${key}  ` }, ["x-mcpguard-key", "authorization"]],
    ["as the password of Basic", { authorization: basic(`anyone:${key}`) }, ["x-mcpguard-key", "authorization"]],
    ["as the password of nobody", { authorization: basic(`:${key}`) }, ["x-mcpguard-key", "authorization"]],
    ["in its own header", { "x-mcpguard-key": key }, ["x-mcpguard-key"]],
    [
      "in its own header, beside a token for the upstream",
      { "x-mcpguard-key": key, authorization: "Bearer upstream" },
      ["x-mcpguard-key"],
    ],
    ["in both headers", { "x-mcpguard-key": key, authorization: `Bearer ${key}` }, ["x-mcpguard-key", "authorization"]],
  ])("%s is admitted, and the key goes no further", (_, headers, strip) => {
    expect(check(headers)).toEqual({ outcome: "ok", strip });
  });
});

describe("a caller without it", () => {
  it.each<[string, IncomingHttpHeaders]>([
    ["sends nothing", {}],
    ["sends another key", { authorization: "Bearer other" }],
    ["sends a part of it", { authorization: `Bearer ${key.slice(0, -1)}` }],
    ["sends more than it", { authorization: `Bearer ${key}x` }],
    ["sends it in other letters", { authorization: `Bearer ${key.toUpperCase()}` }],
    ["sends an empty Bearer", { authorization: "Bearer " }],
    ["sends it without a scheme", { authorization: key }],
    ["sends it under another scheme", { authorization: `Digest ${key}` }],
    ["sends two words", { authorization: `Bearer ${key} ${key}` }],
    ["sends it as the user name", { authorization: basic(`${key}:`) }],
    ["sends Basic without a colon", { authorization: basic("no-colon-here") }],
    ["sends Basic that is no Base64", { authorization: "Basic %%%" }],
    ["sends it as a cookie", { cookie: `key=${key}` }],
    ["sends its own header twice", { "x-mcpguard-key": `${key}, ${key}` }],
  ])("%s, and is not admitted", (_, headers) => {
    const { outcome, strip } = check(headers);
    expect(outcome).toBe("missing");
    const holdsKey = headers.authorization?.includes(key) === true;
    expect(strip).toEqual(holdsKey ? ["x-mcpguard-key", "authorization"] : ["x-mcpguard-key"]);
  });
});

it("admits everybody where there is no key, and leaves Authorization to the upstream", () => {
  expect(createKeyCheck(undefined)({ authorization: "Bearer x", "x-mcpguard-key": "y" })).toEqual({
    outcome: "ok",
    strip: ["x-mcpguard-key"],
  });
});
