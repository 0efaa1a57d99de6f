import { expect, test } from "vitest";
import { startGateway, upstreamAt } from "./gateway.ts";
import { ATTACK, json, post, request, result, rpc } from "./messages.ts";
import { ask } from "./raw-client.ts";
import { startUpstream, type Call } from "./raw-upstream.ts";

type Asked = { id: number; method: string; params?: { name?: string } };
const asked = (call: Call): Asked => JSON.parse(call.body.toString()) as Asked;

/** Answers each call by what `answers` says for its method, after a while that turns the order round. */
function server(name: string, answers: (call: Asked, session: string) => unknown) {
  return startUpstream((call) => {
    const message = asked(call);
    const session = call.headers.find(([each]) => each === "Mcp-Session-Id")?.[1] ?? "none";
    const reply = json(result(message.id, answers(message, session)), [
      `Mcp-Session-Id: ${session}`,
      `X-Server: ${name}`,
    ]);
    setTimeout(() => call.socket.write(reply), 30 - (message.id % 3) * 10);
  });
}

test("62 64 sessions with the same ids at once: each gets its own answers", async () => {
  const upstream = await server("one", ({ method, params }, session) => [session, method, params?.name]);
  const gateway = await startGateway(upstream.url);
  const calls = Array.from({ length: 64 }, (_, session) =>
    [0, 1, 2].map(async (id) => {
      const line = [`Mcp-Session-Id: s${session}`];
      const { body } = await ask(gateway.url, post("/mcp", rpc(id, "tools/call", { name: `t${session}` }), line));
      expect(JSON.parse(body.toString())).toEqual({
        jsonrpc: "2.0",
        id,
        result: [`s${session}`, "tools/call", `t${session}`],
      });
    }),
  );
  await Promise.all(calls.flat());
});

test("62 what one session asks is not taken for what another session's same id asks", async () => {
  const list = { tools: [{ name: "a", description: ATTACK }] };
  const upstream = await server("one", ({ method }) => (method === "tools/list" ? list : { odd: list }));
  const gateway = await startGateway(upstream.url);
  const send = (session: string, method: string): Promise<string> =>
    ask(gateway.url, post("/mcp", rpc(1, method), [`Mcp-Session-Id: ${session}`])).then(({ body }) => body.toString());
  const [listed, other] = await Promise.all([send("a", "tools/list"), send("b", "odd/method")]);
  expect(JSON.parse(listed)).toMatchObject({ result: { tools: [] } });
  expect(JSON.parse(other)).toMatchObject({ id: 1 });
});

test("62 upstreams behind one port keep sessions, pins and rules apart", async () => {
  const named = (description: string) => (): unknown => ({ tools: [{ name: "a", description }] });
  const [one, two] = [await server("one", named("adds")), await server("two", named("removes"))];
  const mount = (name: string, url: string) => upstreamAt(`${url}/base`, { name, mount: `/s/${name}` });
  const gateway = await startGateway([mount("one", one.url), mount("two", two.url)], {
    config: "servers: { two: { deny: [a] } }\n",
  });
  const line = ["Mcp-Session-Id: same"];
  for (const [name, tools] of [
    ["one", [{ name: "a", description: "adds" }]],
    ["two", []],
    ["one", [{ name: "a", description: "adds" }]],
  ] as const) {
    const { body } = await ask(gateway.url, post(`/s/${name}/mcp?x=1`, rpc(1, "tools/list"), line));
    expect(JSON.parse(body.toString())).toMatchObject({ id: 1, result: { tools } });
  }
  expect([...one.calls, ...two.calls].map(({ start }) => start[1])).toEqual(Array(3).fill("/base/mcp?x=1"));
  const denied = await ask(gateway.url, post("/s/two/mcp", rpc(2, "tools/call", { name: "a" }), line));
  expect(JSON.parse(denied.body.toString())).toMatchObject({ id: 2, result: { isError: true } });
  expect(two.calls).toHaveLength(1);
});

test.each(["/", "/mcp", "/s", "/s/", "/s/on", "/s/onetwo/mcp", "/S/one/mcp", "/s//one/mcp", "//s/one/mcp"])(
  "62 the path %s belongs to no upstream",
  async (path) => {
    const one = await server("one", () => ({}));
    const gateway = await startGateway([upstreamAt(one.url, { name: "one", mount: "/s/one" })]);
    expect((await ask(gateway.url, post(path, rpc(1, "ping")))).start[1]).toBe("404");
    expect(one.connections).toBe(0);
  },
);

test.each([
  "/s/one/../two/mcp",
  "/s/one/%2e%2e/two/mcp",
  "/s/one/.%2E/two/mcp",
  "/s/one/..%2ftwo/mcp",
  "/s/one/..%5ctwo/mcp",
  "/s/one/a\\..\\..\\two",
  "/s/one/..;a/two/mcp",
])("62 the path %s leads nowhere", async (path) => {
  const [one, two] = [await server("one", () => ({})), await server("two", () => ({}))];
  const mounts = [one, two].map(({ url }, index) =>
    upstreamAt(url, { name: `${index}`, mount: `/s/${["one", "two"][index]}` }),
  );
  const [first, ...more] = mounts;
  if (first === undefined) throw new Error("no mount");
  const gateway = await startGateway([first, ...more]);
  expect((await ask(gateway.url, post(path, rpc(1, "ping")))).start[1]).toBe("400");
  expect(one.connections + two.connections).toBe(0);
});

test("36 a session ends with its DELETE, and with it what was counted for it", async () => {
  const line = ["Mcp-Session-Id: s"];
  const upstream = await startUpstream(({ socket }) => void socket.write(json(result(1, {}), line)));
  const gateway = await startGateway(upstream.url, { config: "rate_limit: 1\nrate_window: 60\n" });
  await ask(gateway.url, post("/mcp", rpc(1, "initialize")));
  const call = post("/mcp", rpc(1, "tools/call", { name: "a" }), line);
  await ask(gateway.url, call);
  expect((await ask(gateway.url, call)).body.toString()).toContain("isError");
  await ask(gateway.url, request("DELETE /mcp HTTP/1.1", "", line));
  expect((await ask(gateway.url, call)).body.toString()).toBe(result(1, {}));
});
