import type { Upstream } from "../exchange/upstream.ts";
import type { AgentSide } from "./agent-side.ts";
import { rewriteCard } from "./rewrite-card.ts";

/** An agent has another card for each revision. */
const cards: readonly (readonly [path: string, version: string])[] = [
  ["/.well-known/agent-card.json", "1.0"],
  ["/.well-known/agent-card.json", "0.3"],
  ["/.well-known/agent.json", "0.3"],
];

const MAX_CARD = 1024 * 1024;

/**
 * Fetches the agent's public cards to learn where its interfaces are: clients keep a card for longer
 * than this process may have lived. `base` is the agent's path without a slash at the end.
 */
export async function learnInterfaces(agent: AgentSide, upstream: Upstream, base: string): Promise<void> {
  await Promise.all(cards.map(([path, version]) => learnFrom(agent, upstream, base + path, version)));
}

async function learnFrom(agent: AgentSide, upstream: Upstream, path: string, version: string): Promise<void> {
  const card = await fetched(upstream, path, version);
  if (card === undefined) return;
  const url = new URL(path, upstream.target);
  const place = (address: string): ReturnType<typeof agent.interfaces.place> => agent.interfaces.place(address, url);
  rewriteCard(card, false, { place, base: "", keepGrpc: true });
}

function fetched(upstream: Upstream, path: string, version: string): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const onFailure = (): void => resolve(undefined);
    const headers = ["accept", "application/json", "a2a-version", version];
    upstream.call(
      { method: "GET", path, headers, body: new Uint8Array() },
      {
        onFailure,
        onHead: ({ status }, flow) => ({
          onChunk: (chunk) => {
            length += chunk.length;
            chunks.push(chunk);
            if (length <= MAX_CARD) return;
            flow.abort();
            resolve(undefined);
          },
          onEnd: () => resolve(status === 200 ? Buffer.concat(chunks) : undefined),
          onFailure,
        }),
      },
    );
  });
}
