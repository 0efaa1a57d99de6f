import { expect, test } from "vitest";
import { startGateway } from "./gateway.ts";
import { always, json, post, rpc } from "./messages.ts";
import { ask } from "./raw-client.ts";
import { headerOf, type HttpMessage } from "./read-http.ts";
import { startUpstream } from "./raw-upstream.ts";

const config = "rate_limit: 2\nrate_window: 60\n";
const names = ["x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset", "retry-after"];

async function callsOf(status: 200 | 429, session: (call: number) => string[]) {
  const upstream = await startUpstream(always(json("{}")));
  const gateway = await startGateway(upstream.url, { config, rateLimitStatus: status });
  const answers: HttpMessage[] = [];
  for (let call = 1; call <= 3; call++)
    answers.push(await ask(gateway.url, post("/mcp", rpc(call, "tools/call", { name: "a" }), session(call))));
  return { upstream, gateway, answers };
}

test.each([200, 429] as const)("17 the call above the limit is refused with its id at %i", async (status) => {
  const { upstream, gateway, answers } = await callsOf(status, () => ["Mcp-Session-Id: s"]);
  const [, , third] = answers;
  expect(answers.map(({ start }) => start[1])).toEqual(["200", "200", String(status)]);
  expect(JSON.parse(third?.body.toString() ?? "")).toMatchObject({ id: 3, result: { isError: true } });
  const [limit, remaining, reset, retry] = names.map((name) => third && headerOf(third, name));
  expect([limit, remaining]).toEqual(["2", "0"]);
  expect(Number(reset)).toBeGreaterThan(50);
  expect(Number(reset)).toBeLessThanOrEqual(60);
  expect(retry).toBe(status === 429 ? reset : undefined);
  expect(upstream.calls).toHaveLength(2);
  for (const method of ["initialize", "ping", "server/discover", "tools/list"]) {
    for (const id of [4, 5]) expect((await ask(gateway.url, post("/mcp", rpc(id, method)))).start[1]).toBe("200");
  }
  await gateway.close();
  expect(gateway.events().filter(({ event_type: type }) => type === "rate_limit")).toHaveLength(1);
});

test("16 sessions that callers make up are not counted apart", async () => {
  const { upstream } = await callsOf(429, (call) => [`Mcp-Session-Id: s${call % 2}`]);
  expect(upstream.calls).toHaveLength(2);
});
