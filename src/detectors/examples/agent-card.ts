import type { Detector, Example } from "../../core/detector.ts";
import type { JsonObject } from "../../core/json.ts";

const complete: JsonObject = {
  name: "Weather",
  description: "Tells the weather of any town.",
  version: "1.2.0",
  skills: [{ id: "forecast", name: "Forecast", description: "The weather of the next days.", tags: ["weather"] }],
  securitySchemes: { key: { apiKeySecurityScheme: { location: "header", name: "X-Key" } } },
  supportedInterfaces: [{ url: "https://weather.example.com/a2a", protocolBinding: "JSONRPC", protocolVersion: "1.0" }],
};

/** An extended card, as an agent of 1.0 answers with it. */
function card(members: JsonObject, about: Pick<Example, "title" | "expect">): Example {
  return {
    ...about,
    protocol: "a2a",
    direction: "to-client",
    before: [{ direction: "to-server", message: { jsonrpc: "2.0", id: 7, method: "GetExtendedAgentCard" } }],
    message: { jsonrpc: "2.0", id: 7, result: { ...complete, ...members } },
  };
}

function reachedAt(url: string): JsonObject {
  return { supportedInterfaces: [{ url, protocolBinding: "JSONRPC", protocolVersion: "1.0" }] };
}

const place = "/result/supportedInterfaces/0/url";

export const examples: Detector["examples"] = {
  bad: [
    card(reachedAt("http://weather.example.com/"), {
      title: "reached in the clear",
      expect: { rule: "plaintext", confidence: "soft", at: place },
    }),
    card(reachedAt("https://192.168.4.2/a2a"), {
      title: "reached in a private network",
      expect: { rule: "private-address", at: place },
    }),
    card(reachedAt("http://0x7f000001/"), { title: "on this machine", expect: { rule: "private-address", at: place } }),
    card(reachedAt("http://169.254.169.254/"), {
      title: "reached at the metadata service",
      expect: { rule: "metadata-address", confidence: "hard", at: place },
    }),
    card(
      { url: "http://weather.example.com/" },
      { title: "a card of 0.3", expect: { rule: "plaintext", at: "/result/url" } },
    ),
    card(
      { additionalInterfaces: [{ url: "http://weather.example.com/v1", transport: "HTTP+JSON" }] },
      { title: "a second way in", expect: { rule: "plaintext", at: "/result/additionalInterfaces/0/url" } },
    ),
    card({ securitySchemes: {} }, { title: "open to everybody", expect: { rule: "no-security", at: "/result" } }),
  ],
  good: [card({}, { title: "a careful card" })],
};
