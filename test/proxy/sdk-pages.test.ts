import { afterAll, beforeAll, expect, test } from "vitest";
import { startGateway } from "./exchange/gateway.ts";
import { answer, ATTACK, json, result } from "./exchange/messages.ts";
import { startUpstream } from "./exchange/raw-upstream.ts";
import { firstSdk } from "./sdk-matrix/first-sdk.ts";
import { secondSdk } from "./sdk-matrix/second-sdk.ts";
import { serveEverything, type Served } from "./sdk-matrix/servers.ts";
import type { Talk, Tools } from "./sdk-matrix/talk.ts";

let sse: Served;
beforeAll(async () => void (sse = await serveEverything("sse")));
afterAll(() => sse.stop());

const clients: [string, (url: string, transport: "http" | "sse") => Promise<Talk>][] = [
  ["1.x", firstSdk],
  ["2.x", (url, transport) => secondSdk(url, transport, "legacy")],
];

type Asked = { id?: number; method?: string; params?: { cursor?: string; protocolVersion?: string } };

/** A server that lists three tools on three pages; what it says of the second page's is `description`. */
async function servePages(description: string): Promise<string> {
  const { url } = await startUpstream(({ socket, start, body }) => {
    const { id, method, params }: Asked = start[0] === "POST" ? (JSON.parse(body.toString()) as Asked) : {};
    const page = Number(params?.cursor ?? "1");
    const tools = [
      { name: `t${page}`, description: page === 2 ? description : "fine", inputSchema: { type: "object" } },
    ];
    const opened = {
      protocolVersion: params?.protocolVersion,
      capabilities: { tools: {} },
      serverInfo: { name: "pages", version: "1" },
    };
    const list = { tools, ...(page < 3 ? { nextCursor: String(page + 1) } : {}) };
    if (id !== undefined) socket.write(json(result(id, method === "initialize" ? opened : list)));
    else socket.write(answer(start[0] === "POST" ? "202 Accepted" : "405 Method Not Allowed"));
  });
  return url;
}

async function pagesOf(talk: Talk): Promise<Tools[]> {
  const pages = [await talk.listTools({ cursor: "1" })];
  for (let cursor = pages[0]?.nextCursor; cursor !== undefined; cursor = pages.at(-1)?.nextCursor)
    pages.push(await talk.listTools({ cursor }));
  await talk.close();
  return pages;
}

test.each(clients)(
  "66 an SDK client %s gets the same pages; one that is emptied keeps its cursor",
  async (_, connect) => {
    const fine = await servePages("fine");
    const gateway = await startGateway(fine);
    const direct = await pagesOf(await connect(`${fine}/mcp`, "http"));
    expect(await pagesOf(await connect(`${gateway.url}/mcp`, "http"))).toEqual(direct);
    expect(direct).toHaveLength(3);

    const poisoned = await startGateway(await servePages(ATTACK));
    const pages = await pagesOf(await connect(`${poisoned.url}/mcp`, "http"));
    expect(pages.map(({ tools, nextCursor }) => [tools.map(({ name }) => name), nextCursor])).toEqual([
      [["t1"], "2"],
      [[], "3"],
      [["t3"], undefined],
    ]);
  },
);

test.each(clients)("59 an SDK client %s that finds no Streamable HTTP falls back to HTTP+SSE", async (_, connect) => {
  const { origin, pathname } = new URL(sse.url);
  const gateway = await startGateway(origin);
  const attempt = async (url: string): Promise<string> =>
    connect(url, "http").then(
      () => "connected",
      (error: unknown) => String(error),
    );
  const refused = await attempt(sse.url);
  expect(refused).toContain("Cannot POST");
  expect(await attempt(gateway.url + pathname)).toBe(refused);
  const talk = await connect(gateway.url + pathname, "sse");
  expect((await talk.listTools()).tools.length).toBeGreaterThan(5);
  await talk.close();
});
