import { createServer, type AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { boundedFetch } from "../../../src/proxy/oauth/bounded-fetch.ts";
import { Flows } from "../../../src/proxy/oauth/flows.ts";
import { objectionToAddress, objectionToResolved } from "../../../src/proxy/oauth/objection-to-address.ts";
import { startUpstream } from "../exchange/raw-upstream.ts";

const far = new URL("https://mcp.example/mcp");
const near = new URL("http://127.0.0.1:8000/mcp");
const inHouse = new URL("http://10.1.2.3:8000/mcp");

describe("an address that a server names", () => {
  it.each([
    ["https://auth.example/", far],
    ["https://auth.example:8443/x", far],
    ["https://mcp.example/x", far],
    ["http://127.0.0.1:9000/", near],
    ["http://[::1]:9000/", near],
    ["https://auth.example/", near],
    ["http://10.1.2.3:8000/.well-known/x", inHouse],
    ["https://10.9.9.9/", inHouse],
  ])("%s may be asked for %s", (url, upstream) => {
    expect(objectionToAddress(new URL(url), upstream)).toBeUndefined();
  });

  it.each([
    ["http://auth.example/", far],
    ["http://auth.example/", near],
    ["ftp://auth.example/", far],
    ["file:///etc/passwd", near],
    ["https://user:pw@auth.example/", far],
    ["https://169.254.169.254/", far],
    ["https://2852039166/latest", far],
    ["https://[fd00:ec2::254]/", near],
    ["https://metadata.google.internal/", inHouse],
    ["https://localhost/", far],
    ["http://127.0.0.1:8500/", far],
    ["https://0x7f.1/", far],
    ["https://[::ffff:127.0.0.1]/", far],
    ["https://10.0.0.1/", far],
    ["https://192.168.1.1/", far],
    ["http://10.9.9.9/", inHouse],
  ])("%s may not be asked for %s", (url, upstream) => {
    expect(objectionToAddress(new URL(url), upstream)).toBeDefined();
  });

  it("may be a name within the house, but no other name for this machine or for a cloud's metadata", () => {
    const url = new URL("https://auth.example/");
    expect(objectionToResolved("10.0.0.7", url, far)).toBeUndefined();
    for (const address of ["127.0.0.1", "::1", "169.254.169.254", "fd00:ec2::254"])
      expect(objectionToResolved(address, url, far)).toBeDefined();
    expect(objectionToResolved("127.0.0.1", far, far)).toBeUndefined();
  });
});

describe("what is asked about a login", () => {
  it("is answered as by fetch, without following redirects", async () => {
    const server = await startUpstream(({ socket, start }) =>
      socket.write(`HTTP/1.1 302 Found\r\nLocation: /x\r\nX-Path: ${start[1]}\r\nContent-Length: 2\r\n\r\nhi`),
    );
    const answer = await boundedFetch(near)(`${server.url}/a?b`, {
      method: "POST",
      body: new URLSearchParams({ c: "d" }),
    });
    expect([answer.status, answer.headers.get("x-path"), await answer.text()]).toEqual([302, "/a?b", "hi"]);
    expect(server.calls[0]?.body.toString()).toBe("c=d");
  });

  it("is given up where the answer is too large", async () => {
    const server = await startUpstream(({ socket }) => socket.write(`HTTP/1.1 200 OK\r\n\r\n${"x".repeat(1_100_000)}`));
    await expect(boundedFetch(near)(server.url)).rejects.toThrow("answers with more than 1048576 bytes");
  });

  it("fails with a clear word where nobody answers, or the answer breaks off", async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, "127.0.0.1", resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    await expect(boundedFetch(near)(`http://127.0.0.1:${port}/`)).rejects.toThrow("does not answer (ECONNREFUSED)");
    const broken = await startUpstream(({ socket }) => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nx"));
    await expect(boundedFetch(near)(broken.url)).rejects.toThrow("does not answer");
  });

  it("is not asked of names that lead to this machine", async () => {
    const server = await startUpstream(() => {});
    const { port } = new URL(server.url);
    await expect(boundedFetch(far)(`https://localhost:${port}/`)).rejects.toThrow("which is on this machine");
    expect(server.connections).toBe(0);
    onTestFinished(() => server.stop());
  });
});

describe("logins on their way", () => {
  it("can be taken up once, within ten minutes", () => {
    const flows = new Flows<string>();
    const [first, second] = [flows.put("a", 0), flows.put("b", 0)];
    expect(first).toMatch(/^[\w-]{43}$/);
    expect([flows.take(first, 1000), flows.take(first, 1000), flows.take(second, 600_001)]).toEqual([
      "a",
      undefined,
      undefined,
    ]);
    expect([flows.take(null), flows.take(undefined), flows.take("")]).toEqual([undefined, undefined, undefined]);
  });

  it("are a thousand at most: the oldest makes room", () => {
    const flows = new Flows<number>();
    const keys = Array.from({ length: 1001 }, (_, each) => flows.put(each, each));
    expect([flows.take(keys[0], 2000), flows.take(keys[1], 2000), flows.take(keys[1000], 2000)]).toEqual([
      undefined,
      1,
      1000,
    ]);
  });
});
