import { expect, test } from "vitest";
import type { JsonObject } from "../../../src/core/json.ts";
import { rolesOf } from "./roles-in.ts";

const card: JsonObject = {
  name: "c-name",
  description: "c-description",
  version: "c-version",
  url: "https://agent/c-url",
  provider: { organization: "c-provider", url: "https://provider" },
  capabilities: { extensions: [{ uri: "c-uri", description: "c-ext", params: { "c key": "c-param" } }] },
  securitySchemes: { "c scheme": { apiKeySecurityScheme: { description: "c-security" } } },
  skills: [
    {
      id: "c-id",
      name: "c-skill",
      description: "c-about",
      tags: ["c-tag"],
      examples: ["c-example"],
      inputModes: ["c-mode"],
    },
  ],
  unknown: { deep: ["c-unknown"] },
  signatures: [{ protected: "opaque", signature: "opaque", header: { kid: "opaque" } }],
};

test.each([
  ["fetched", "GetAgentCard", card],
  ["recorded without a method", undefined, card],
  ["extended, of 1.0", "GetExtendedAgentCard", { jsonrpc: "2.0", id: 1, result: card }],
  ["extended, of 0.3", "agent/getAuthenticatedExtendedCard", { jsonrpc: "2.0", id: 1, result: card }],
  ["extended, over HTTP+JSON", "GetExtendedAgentCard", card],
  ["as the answer to something else", "SendMessage", { jsonrpc: "2.0", id: 1, result: card }],
])("every text and name of a card, %s", (_, method, value) => {
  const read = rolesOf(method, value);
  const words = ["name", "description", "version", "provider", "uri", "ext", "param", "security", "id", "skill"];
  for (const word of [...words, "about", "tag", "example", "mode", "unknown"])
    expect(read[`c-${word}`], word).toBe("agent-card");
  expect(read).toMatchObject({
    "c key:": "agent-card",
    "c scheme:": "agent-card",
    "https://agent/c-url": "agent-card",
  });
  expect(JSON.stringify(read)).not.toContain("opaque");
});
