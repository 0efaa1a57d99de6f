import { expect, test } from "vitest";
import { bothWays, lengths } from "./both-ways.ts";
import { always, answer, json, post, request, result, rpc } from "./messages.ts";
import { seen } from "./seen.ts";

const call = post("/mcp", rpc(1, "tools/call", { name: "a", arguments: { b: 1 } }));
const note = post("/mcp", rpc(undefined, "notifications/initialized"));
const problem = (code: number): string => `{"jsonrpc":"2.0","id":1, "error":{"code":${code},"message":"no"}}`;
const isJson = ["Content-Type: application/json"];

test.each([
  ["a result", call, json(result(1, { content: [] }), ["X-Odd: 1", 'ETag: "x"', "Mcp-Session-Id: s1"])],
  ["a notification taken in", note, answer("202 Accepted")],
  ["204", note, answer("204 No Content", "", ["Connection: close"])],
  ["an unknown method", call, answer("404 Not Found", problem(-32601), isJson)],
  ["an unsupported version", call, answer("400 Bad Request", problem(-32022), isJson)],
  ["a missing capability", call, answer("400 Bad Request", problem(-32021), isJson)],
  ["wrong parameters", call, answer("400 Bad Request", problem(-32602), isJson)],
  ["a dead session", call, answer("404 Not Found", problem(-32001), isJson)],
  ["a wanted login", call, answer("401 Unauthorized", "", ['WWW-Authenticate: Bearer scope="a b"'])],
  ["a wanted step up", call, answer("403 Forbidden", "", ['WWW-Authenticate: Bearer error="insufficient_scope"'])],
  [
    "no GET",
    request("GET /mcp HTTP/1.1", "", ["Accept: text/event-stream"]),
    answer("405 Method Not Allowed", "", ["Allow: POST"]),
  ],
  ["no DELETE", request("DELETE /mcp HTTP/1.1", "", ["Mcp-Session-Id: s"]), answer("405 Method Not Allowed")],
  ["a page", request("GET /page HTTP/1.1"), answer("418 I'm a Teapot", "<p>é</p>", ["Content-Type: text/html"])],
  ["HEAD", request("HEAD /mcp HTTP/1.1"), answer("200 OK", "", ["Content-Length: 42", "X-A: b"])],
  [
    "preflight",
    request("OPTIONS /mcp HTTP/1.1", "", ["Origin: http://localhost:1"]),
    answer("200 OK", "", ["Vary: a"]),
  ],
  [
    "not modified",
    request("GET /x HTTP/1.1", "", ['If-None-Match: "e"']),
    answer("304 Not Modified", "", ['ETag: "e"']),
  ],
  ["early hints", call, Buffer.concat([Buffer.from("HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n"), json("{}")])],
])("35 36 54 60 61 the same answer: %s", async (_, bytes, reply) => {
  const { direct, proxied } = await bothWays(always(reply), bytes);
  expect(seen(proxied)).toEqual(seen(direct));
});

test("35 an answer that ends with its connection is the same answer, with a length", async () => {
  const bytes = answer("200 OK", result(1, {}), ["Connection: close", ...isJson]);
  const { direct, proxied } = await bothWays(({ socket }) => void socket.end(bytes), call);
  expect(seen(proxied)).toEqual(seen(direct));
  expect(lengths(proxied)).toEqual([String(direct.body.length), direct.body.length]);
});

test("51 lines of one name stay apart and in order; bytes above ASCII stay what they are", async () => {
  const lines = [
    "Set-Cookie: a=1; Path=/",
    "Set-Cookie: b=2",
    'WWW-Authenticate: Bearer realm="a"',
    'WWW-Authenticate: Basic realm="b"',
    "X-Two: 1",
    "X-Two: 2",
    "X-Utf: gr\xc3\xbc\xc3\x9fe",
    "X-Latin: gr\xfc\xdfe",
    "X-Empty:",
  ];
  const { direct, proxied } = await bothWays(always(answer("401 Unauthorized", "", lines)), call);
  expect(seen(proxied)).toEqual(seen(direct));
  expect(seen(proxied).headers).toContain("x-utf: gr\xc3\xbc\xc3\x9fe");
});

test.each([
  "/mcp",
  "/mcp/",
  "/mcp?a=1&b=%2F&a=2",
  "/mcp?",
  "//mcp",
  "/a//b///c",
  "/%7Euser/%e2%82%ac/a%2Fb",
  "/a;v=1/b+c,d",
  "/?x=http://e.org/y?z",
  "/a%00b",
  "/./a/.b/...",
])("57 the path %s arrives as it was written", async (path) => {
  const { arrived } = await bothWays(always(json(result(1, {}))), post(path, rpc(1, "ping")));
  expect(arrived.start[1]).toBe(path);
});

test.each([
  "Application/JSON; charset=UTF-8",
  "application/vnd.api+json",
  "application/json;charset=utf-8",
  'application/json; profile="a;b"',
])("56 the content type %s is one for messages and arrives as it is", async (type) => {
  const body = ` {"id":1 ,"result":{"n":9007199254740993,"x":1.0,"t":"\\ud800\\/"},"jsonrpc":"2.0"}\r\n`;
  const reply = always(answer("200 OK", body, [`Content-Type: ${type}`]));
  const bytes = request("POST /mcp HTTP/1.1", rpc(1, "ping"), [`Content-Type: ${type}`]);
  const { direct, proxied, arrived, sent } = await bothWays(reply, bytes);
  expect(seen(proxied)).toEqual(seen(direct));
  expect(arrived.body).toEqual(sent.body);
});

test.each([
  ["binary", "application/octet-stream", Buffer.from([0, 255, 128, 13, 10])],
  ["an image", "image/png", Buffer.from("\x89PNG\r\n\x1a\n", "latin1")],
  ["text", "text/plain", Buffer.from("plain words, no message")],
  ["a token answer", "application/json", Buffer.from('{"access_token":"a","token_type":"Bearer", "expires_in":1.0}')],
  ["metadata", "application/json", Buffer.from('{"issuer":"http://localhost","scopes_supported":["a"]}')],
])("56 61 what is no message passes as it is: %s", async (_, type, body) => {
  const reply = always(answer("200 OK", body, [`Content-Type: ${type}`]));
  const form = ["Content-Type: application/x-www-form-urlencoded"];
  for (const bytes of [
    request("GET /.well-known/oauth-authorization-server HTTP/1.1"),
    request("POST /token HTTP/1.1", "grant_type=refresh_token&refresh_token=r%2B", form),
    request("PUT /file HTTP/1.1", body, [`Content-Type: ${type}`]),
  ]) {
    const { direct, proxied, arrived, sent } = await bothWays(reply, bytes);
    expect(seen(proxied)).toEqual(seen(direct));
    expect(arrived.body).toEqual(sent.body);
  }
});
