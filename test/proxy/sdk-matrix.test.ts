import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startGateway } from "./exchange/gateway.ts";
import { converse, type Topics } from "./sdk-matrix/converse.ts";
import { firstSdk } from "./sdk-matrix/first-sdk.ts";
import { secondSdk } from "./sdk-matrix/second-sdk.ts";
import { everythingTopics, fixtureTopics, serveEverything, serveFixture, type Served } from "./sdk-matrix/servers.ts";
import type { Talk } from "./sdk-matrix/talk.ts";

type Connect = (url: string) => Promise<Talk>;
const first: Connect = (url) => firstSdk(url, "http");
const legacy: Connect = (url) => secondSdk(url, "http", "legacy");
const auto: Connect = (url) => secondSdk(url, "http", "auto");

describe.each<[string, () => Promise<Served>, Topics, [string, Connect][]]>([
  [
    "the fixture over Streamable HTTP",
    serveFixture,
    fixtureTopics,
    [
      ["1.x", first],
      ["2.x of the old era", legacy],
      ["2.x of 2026-07-28", auto],
    ],
  ],
  [
    "server-everything over Streamable HTTP",
    () => serveEverything("streamableHttp"),
    everythingTopics,
    [
      ["1.x", first],
      ["2.x of the old era", legacy],
      ["2.x that falls back", auto],
    ],
  ],
  [
    "server-everything over HTTP+SSE",
    () => serveEverything("sse"),
    everythingTopics,
    [
      ["1.x", (url) => firstSdk(url, "sse")],
      ["2.x", (url) => secondSdk(url, "sse", "legacy")],
    ],
  ],
])("%s", (_, serve, topics, clients) => {
  let served: Served;
  beforeAll(async () => void (served = await serve()));
  afterAll(() => served.stop());

  test.each(clients)("59 an SDK client %s hears and gets the same through the proxy", async (_name, connect) => {
    const conversation = async (url: string): Promise<unknown> => {
      const talk = await connect(url);
      const noted = await converse(talk, topics);
      await talk.close();
      return noted;
    };
    const { origin, pathname } = new URL(served.url);
    const gateway = await startGateway(origin);
    const [direct, proxied] = [await conversation(served.url), await conversation(gateway.url + pathname)];
    expect(proxied).toEqual(direct);
    expect(JSON.stringify(direct).length).toBeGreaterThan(10_000);
    await gateway.close();
    expect(gateway.events().filter(({ action }) => action !== null && action !== "allow")).toEqual([]);
  });
});
