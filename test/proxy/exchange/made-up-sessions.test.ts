import { expect, it } from "vitest";
import { startGateway } from "./gateway.ts";
import { answer, json, result, rpc } from "./messages.ts";
import { startUpstream } from "./raw-upstream.ts";

const headersOf = (id?: string) => ({ "content-type": "application/json", ...(id ? { "mcp-session-id": id } : {}) });

async function post(url: string, body: string, id?: string): Promise<Response> {
  return fetch(`${url}/mcp`, { method: "POST", headers: headersOf(id), body });
}

it("whoever makes up session ids is limited like anybody else", async () => {
  const upstream = await startUpstream(({ socket }) => socket.write(json(result(1, {}))));
  const gateway = await startGateway(upstream.url, { config: "rate_limit: 5" });
  for (let call = 0; call < 20; call++) {
    const response = await post(gateway.url, rpc(1, "tools/list"), `made-up-${call}`);
    await response.text();
  }
  expect(upstream.calls.length).toBe(5);
});

it("ids that the server does not know leave no session behind", async () => {
  const upstream = await startUpstream(({ socket }) => socket.write(answer("404 Not Found")));
  const gateway = await startGateway(upstream.url);
  for (let call = 0; call < 20; call++) await (await post(gateway.url, rpc(1, "ping"), `made-up-${call}`)).text();
  await gateway.close();
  const started = gateway.events().filter(({ event_type }) => event_type === "session_start");
  expect(started.length).toBe(2);
});

it("a session that the server named is one of its own, until it is deleted", async () => {
  const upstream = await startUpstream(({ socket }) => socket.write(json(result(1, {}), ["Mcp-Session-Id: named"])));
  const gateway = await startGateway(upstream.url, { config: "rate_limits: [{ method: tools/list, limit: 1 }]" });
  await (await post(gateway.url, rpc(1, "initialize"))).text();
  for (const id of ["named", undefined, "named", undefined]) {
    await (await post(gateway.url, rpc(1, "tools/list"), id)).text();
  }
  // One for the session, one for the caller without one.
  expect(upstream.calls.length).toBe(3);
  await (await fetch(`${gateway.url}/mcp`, { method: "DELETE", headers: headersOf("named") })).text();
  await gateway.close();
  const ended = gateway.events().filter(({ event_type }) => event_type === "session_end");
  expect(ended.length).toBe(3);
});
