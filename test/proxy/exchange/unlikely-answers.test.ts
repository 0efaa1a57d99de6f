import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { startGateway } from "./gateway.ts";
import { ATTACK, answer, json, post, result, rpc } from "./messages.ts";
import { ask } from "./raw-client.ts";
import { startUpstream } from "./raw-upstream.ts";

const fine = result(1, { content: [{ type: "text", text: "fine" }] });
const poisoned = result(1, { content: [{ type: "text", text: ATTACK }] });

/** What a client gets that calls a tool and is answered with these bytes. */
async function called(bytes: Uint8Array): Promise<{ status: number; body: string }> {
  const upstream = await startUpstream(({ socket, body }) => {
    socket.write(body.includes("ping") ? json(result(2, {})) : bytes);
  });
  const { url } = await startGateway(upstream.url);
  const send = (body: string): Promise<Response> =>
    fetch(`${url}/mcp`, { method: "POST", headers: { "content-type": "application/json" }, body });
  const response = await send(rpc(1, "tools/call", { name: "t" }));
  const body = Buffer.from(await response.arrayBuffer()).toString("latin1");
  expect((await send(rpc(2, "ping"))).status).toBe(200);
  return { status: response.status, body };
}

it.each(["image/png", "application/xml", "font/x", "text/event-stream", "text/plain"])(
  "clients show the text of an error whatever it is called: %s",
  async (type) => {
    for (const text of [ATTACK, `: ${ATTACK}\n\n`, `id: ${ATTACK}\n\n`]) {
      const { status, body } = await called(answer("500 Oops", text, [`Content-Type: ${type}`]));
      expect(body).not.toContain("Ignore all");
      expect(status).toBe(200);
      expect(JSON.parse(body)).toMatchObject({ id: 1, error: { code: -31_403 } });
    }
  },
);

it("an error that says nothing bad arrives as it is", async () => {
  const { status, body } = await called(answer("503 Oops", "come back later", ["Content-Type: application/xml"]));
  expect([status, body]).toEqual([503, "come back later"]);
});

it.each(["application/json; charset=utf-16le", "text/event-stream; charset=UTF-7", 'text/plain; charset="cp037"'])(
  "what some clients decode in another way than the guard does not pass: %s",
  async (type) => {
    const event = type.startsWith("text/event-stream") ? `data: ${poisoned}\n\n` : poisoned;
    const { status } = await called(answer("200 OK", event, [`Content-Type: ${type}`]));
    expect(status).toBe(502);
  },
);

it("a type that clients would show is no place for a text", async () => {
  for (const type of [ATTACK, `x/y; a="${ATTACK}"`]) {
    for (const body of ["", "x"])
      expect((await called(answer("200 OK", body, [`Content-Type: ${type}`]))).status).toBe(502);
  }
});

it("readers of JSON that guess UTF-16 are not left alone with it", async () => {
  for (const mark of ["", "\ufeff"]) {
    const { status } = await called(json(Buffer.from(mark + poisoned, "utf16le")));
    expect(status).toBe(502);
  }
});

it("names of UTF-8 and what is within it pass", async () => {
  for (const name of ["utf-8", "UTF8", '"utf-8"', "us-ascii", "ISO-8859-1"])
    expect((await called(answer("200 OK", fine, [`Content-Type: application/json; charset=${name}`]))).body).toBe(fine);
});

it("a server's reason phrase ends here: clients show it, and not each can be sent on", async () => {
  const bytes = Buffer.from(`HTTP/1.1 200 \u4f60 ${ATTACK}\r\nContent-Type: application/json\r\n`);
  const zipped = gzipSync(fine);
  const packed = Buffer.concat([
    bytes,
    Buffer.from(`Content-Encoding: gzip\r\nContent-Length: ${zipped.length}\r\n\r\n`),
    zipped,
  ]);
  expect((await called(packed)).status).toBe(200);

  const upstream = await startUpstream(({ socket }) => {
    socket.write(Buffer.concat([bytes, Buffer.from(`Content-Length: ${fine.length}\r\n\r\n${fine}`)]));
  });
  const { url } = await startGateway(upstream.url);
  const { start } = await ask(url, post("/mcp", rpc(1, "tools/call", { name: "t" })));
  expect(start.join(" ")).toBe("HTTP/1.1 200 OK");
});
