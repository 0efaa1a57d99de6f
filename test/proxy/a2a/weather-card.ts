import { json, scriptedAgent, type Scripted } from "./scripted-agent.ts";

export const wellKnown = "/.well-known/agent-card.json";

/** The card of an agent at `url`. */
export function cardAt(url: string, more: object = {}): object {
  return {
    name: "Weather",
    description: "Tells the weather.",
    version: "1",
    skills: [],
    securitySchemes: { key: {} },
    supportedInterfaces: [{ url: `${url}/rpc`, protocolBinding: "JSONRPC", protocolVersion: "1.0" }],
    ...more,
  };
}

export const cardHeaders = {
  etag: '"theirs"',
  "last-modified": "Sun, 01 Nov 2026 00:00:00 GMT",
  "cache-control": "public, max-age=3600",
};

/** An agent that answers everything with its card. */
export function cardAgent(more: object = {}): Promise<Scripted> {
  const started: Promise<Scripted> = scriptedAgent(async (_, response) => {
    json(response, cardAt((await started).url, more), cardHeaders);
  });
  return started;
}
