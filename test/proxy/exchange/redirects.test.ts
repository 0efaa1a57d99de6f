import { expect, test } from "vitest";
import { startGateway, upstreamAt } from "./gateway.ts";
import { always, answer, json, post, request, result, rpc } from "./messages.ts";
import { ask } from "./raw-client.ts";
import { headerOf } from "./read-http.ts";
import { startUpstream } from "./raw-upstream.ts";

const call = (path: string): Buffer => post(path, rpc(1, "ping"), ["Authorization: Bearer secret"]);

/** Where a redirect leads that an upstream at `base` gives to a request for `path` below `mount`. */
async function redirected(to: string, path: string, base = "", mount = ""): Promise<[string, string | undefined]> {
  const upstream = await startUpstream(({ socket, start }) => {
    const location = to.replace("SELF", upstream.url);
    socket.write(start[1].includes("moved") ? json(result(1, {})) : answer("307 Moved", "", [`Location: ${location}`]));
  });
  const gateway = await startGateway([upstreamAt(upstream.url + base, { mount })]);
  const { start, headers } = await ask(gateway.url, call(path));
  return [start[1], headerOf({ headers }, "location")];
}

test.each([
  ["/moved/", "/mcp", "", "", "/moved/"],
  ["moved", "/a/mcp", "", "", "/a/moved"],
  ["../moved?a=1", "/a/b/mcp?x=2", "", "", "/a/moved?a=1"],
  ["?moved=1", "/mcp", "", "", "/mcp?moved=1"],
  ["SELF/moved/#here", "/mcp", "", "", "/moved/#here"],
  ["SELF/base/moved", "/s/a/mcp", "/base", "/s/a", "/s/a/moved"],
  ["/base/moved/", "/s/a/mcp", "/base/", "/s/a", "/s/a/moved/"],
  ["moved/", "/s/a/mcp", "/base", "/s/a", "/s/a/moved/"],
])(
  "53 a redirect to %s, asked for %s, leads to its place behind the proxy",
  async (to, path, base, mount, expected) => {
    expect(await redirected(to, path, base, mount)).toEqual(["307", expected]);
  },
);

test.each([
  ["another host", "http://evil.example/mcp", ""],
  ["another port", "http://127.0.0.1:1/mcp", ""],
  ["another scheme", "https://127.0.0.1/mcp", ""],
  ["a host without a scheme", "//evil.example/mcp", ""],
  ["a host after backslashes", "\\\\evil.example/mcp", ""],
  ["a place above the target", "/elsewhere/mcp", "/base"],
  ["a place beside the target", "/based/mcp", "/base"],
  ["a script", "javascript:alert(1)", ""],
  ["nonsense", "http://[", ""],
])("53 a message is not sent on to %s", async (_, to, base) => {
  expect(await redirected(to, "/mcp", base)).toEqual(["502", undefined]);
});

test("52 what a redirect leads to is asked by the client, through the proxy; nothing goes anywhere else", async () => {
  const other = await startUpstream(always(json(result(1, {}))));
  const upstream = await startUpstream(always(answer("307 Moved", "", [`Location: ${other.url}/mcp`])));
  const gateway = await startGateway(upstream.url);
  expect((await ask(gateway.url, call("/mcp"))).start[1]).toBe("502");
  const stream = request("GET /mcp HTTP/1.1", "", ["Accept: text/event-stream", "Cookie: a=secret"]);
  expect((await ask(gateway.url, stream)).start[1]).toBe("502");
  expect(other.connections).toBe(0);
});

test("53 a browser on its way to a login goes where it is sent", async () => {
  const to = "https://login.example/authorize?redirect_uri=http%3A%2F%2Flocalhost%2F";
  const upstream = await startUpstream(always(answer("302 Found", "", [`Location: ${to}`])));
  const gateway = await startGateway(upstream.url);
  const { start, headers } = await ask(gateway.url, request("GET /authorize?a=1 HTTP/1.1", "", ["Accept: text/html"]));
  expect([start[1], headerOf({ headers }, "location")]).toEqual(["302", to]);
});
