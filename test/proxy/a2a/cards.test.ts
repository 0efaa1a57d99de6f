import { request as httpRequest } from "node:http";
import { gzipSync } from "node:zlib";
import { describe, expect, it, test } from "vitest";
import { startGateway, upstreamAt } from "../exchange/gateway.ts";
import { json, scriptedAgent, type Scripted } from "./scripted-agent.ts";
import { cardAgent, cardAt, cardHeaders, wellKnown } from "./weather-card.ts";

describe.each([wellKnown, "/.well-known/agent.json"])("%s", (path) => {
  it("leads to the gateway, with an ETag and a length of its own", async () => {
    const { url, calls } = await cardAgent({ signatures: [{ protected: "p", signature: "s" }] });
    const gateway = await startGateway(url);
    const asked = {
      "if-none-match": '"theirs"',
      "if-modified-since": cardHeaders["last-modified"],
      range: "bytes=0-3",
    };
    const response = await fetch(gateway.url + path, { headers: asked });
    const text = await response.text();
    expect(response.status).toBe(200);
    expect(JSON.parse(text)).toEqual(cardAt(gateway.url));
    expect(response.headers.get("etag")).toMatch(/^"[\w-]{22}"$/);
    expect(response.headers.get("content-length")).toBe(String(text.length));
    expect(response.headers.get("last-modified")).toBeNull();
    expect(response.headers.get("cache-control")).toBe("no-cache");
    for (const name of Object.keys(asked)) expect(calls[0]?.headers[name]).toBeUndefined();
  });

  it("is not sent again to who has it, and is again once the agent changes what is not pinned", async () => {
    const { url } = await cardAgent();
    const gateway = await startGateway(url);
    const etag = (await fetch(gateway.url + path)).headers.get("etag") ?? "";
    const again = await fetch(gateway.url + path, { headers: { "if-none-match": `"x", W/${etag}` } });
    expect([again.status, await again.text(), again.headers.get("etag")]).toEqual([304, "", etag]);
    const other = await fetch(gateway.url + path, { headers: { "if-none-match": '"x"' } });
    expect(other.status).toBe(200);
  });

  it("has the same head without its body", async () => {
    const { url, calls } = await cardAgent();
    const gateway = await startGateway(url);
    const whole = await fetch(gateway.url + path);
    const length = String((await whole.text()).length);
    const head = await fetch(gateway.url + path, { method: "HEAD" });
    expect([head.status, head.headers.get("etag"), head.headers.get("content-length")]).toEqual([
      200,
      whole.headers.get("etag"),
      length,
    ]);
    expect(calls.map(({ method }) => method)).toEqual(["GET", "GET"]);
  });
});

test("a compressed card is read, and goes on plain", async () => {
  const started: Scripted = await scriptedAgent((_, response) => {
    response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" });
    response.end(gzipSync(JSON.stringify(cardAt(started.url))));
  });
  const gateway = await startGateway(started.url);
  const response = await fetch(gateway.url + wellKnown, { headers: { "accept-encoding": "gzip" } });
  expect(response.headers.get("content-encoding")).toBeNull();
  expect(await response.json()).toEqual(cardAt(gateway.url));
});

test("what is no card is told apart: errors pass, other texts are refused", async () => {
  let status = 404;
  const { url } = await scriptedAgent((_, response) => json(response, '{"detail":"not found"}', {}, status));
  const gateway = await startGateway(url);
  const missing = await fetch(gateway.url + wellKnown);
  expect([missing.status, await missing.text()]).toEqual([404, '{"detail":"not found"}']);
  status = 200;
  expect((await fetch(gateway.url + wellKnown)).status).toBe(200);

  const other = await scriptedAgent((_, response) => json(response, "{url: 'http://127.0.0.1:1/', }"));
  const second = await startGateway(other.url);
  const refused = await fetch(second.url + wellKnown);
  expect(refused.status).toBe(403);
  expect(await refused.json()).toMatchObject({ error: { status: "PERMISSION_DENIED" } });
  await second.close();
  const told = second.events().find(({ rule }) => rule === "unreadable");
  expect(told).toMatchObject({ protocol: "a2a", blocked: true, action: "block" });
});

test("the gateway's own address is that under which the client knows it", async () => {
  const { url } = await cardAgent();
  const gateway = await startGateway([upstreamAt(url, { name: "w", mount: "/s/w" })], {
    trustedProxies: ["127.0.0.1"],
    allowedHosts: ["guard.example"],
  });
  const forwarded = { "x-forwarded-proto": "https", "x-forwarded-host": "guard.example" };
  const card = await (await fetch(`${gateway.url}/s/w${wellKnown}`, { headers: forwarded })).json();
  expect(card).toEqual(cardAt("https://guard.example/s/w"));
});

test.each([{}, { "a2a-version": "1.0" }])(
  "a card anywhere else is led to the gateway and pinned, too: %j",
  async (asked) => {
    let description = "Tells the weather.";
    const started: Scripted = await scriptedAgent(({ url }, response) =>
      url === "/status"
        ? json(response, { url: started.url, is: "up" })
        : json(response, cardAt(started.url, { description })),
    );
    const gateway = await startGateway(started.url);
    const fetched = async (path: string): Promise<unknown> =>
      (await fetch(gateway.url + path, { headers: asked })).json();
    expect(await fetched("/my/agent.json")).toEqual(cardAt(gateway.url));
    description = "Tells everything.";
    expect(await fetched("/my/agent.json")).toEqual(cardAt(gateway.url));
    expect(await fetched("/status")).toEqual({ url: started.url, is: "up" });
    await gateway.close();
    expect(gateway.events().map(({ event_type: type }) => type)).toContain("rug_pull");
  },
);

test("a card is not to be had in pieces or by odd requests, unread", async () => {
  const { url } = await cardAgent();
  const gateway = await startGateway(url);
  const { port } = new URL(gateway.url);
  const paths = [
    wellKnown,
    `/${wellKnown}`,
    "/.WELL-KNOWN/Agent-Card.json",
    "/.well-known/agent-card%2Ejson",
    `${wellKnown}/`,
  ];
  for (const path of paths) {
    const text = await new Promise<string>((resolve, reject) => {
      httpRequest({ port, host: "127.0.0.1", path }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => resolve(Buffer.concat(chunks).toString()));
      })
        .on("error", reject)
        .end();
    });
    expect(text, path).not.toContain(url);
  }
});
