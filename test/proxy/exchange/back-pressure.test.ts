import { connect } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { constants, gzipSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { startGateway } from "./gateway.ts";
import { answer, chunk, request, rpc, streamHead } from "./messages.ts";
import { startUpstream, type Call } from "./raw-upstream.ts";

const MEGABYTE = 1024 * 1024;
const event = `data: ${rpc(undefined, "notifications/message", { level: "info", data: "x".repeat(8000) })}\n\n`;

/** Writes the same again and again as long as it is taken in, at most `most` bytes; how many were. */
async function flood({ socket }: Call, bytes: Buffer, most: number): Promise<number> {
  let taken = 0;
  while (taken < most) {
    if (!socket.write(bytes)) {
      const drained = new Promise<boolean>((resolve) => socket.once("drain", () => resolve(true)));
      if (!(await Promise.race([drained, wait(300, false)]))) return taken;
    }
    taken += bytes.length;
  }
  return taken;
}

/** A client that sends a request and does not read; `read` then reads until what came is enough. */
function slowClient(url: string, type: string) {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  socket.pause().write(request("GET /mcp HTTP/1.1", "", [`Accept: ${type}`, "Accept-Encoding: gzip"]));
  onTestFinished(() => void socket.destroy());
  return {
    read: (isEnough: (length: number, tail: string) => boolean): Promise<number> =>
      new Promise((resolve) => {
        let length = 0;
        socket.on("data", (bytes: Buffer) => {
          length += bytes.length;
          if (isEnough(length, bytes.toString("latin1", bytes.length - 5))) resolve(length);
        });
        socket.resume();
      }),
  };
}

const events = chunk(event.repeat(8));
const image = answer("200 OK", "", ["Content-Type: image/png", "Transfer-Encoding: chunked"]);

test.each([
  ["a stream", "text/event-stream", streamHead()],
  ["a body that nobody looks into", "image/png", image],
])("27 a client that does not read stops %s, and gets the rest when it reads again", async (_, type, head) => {
  const most = 64 * MEGABYTE;
  let flooding: Promise<number> | undefined;
  const upstream = await startUpstream((call) => {
    call.socket.write(head);
    flooding = flood(call, events, most);
  });
  const gateway = await startGateway(upstream.url);
  const client = slowClient(gateway.url, type);
  while (flooding === undefined) await wait(5);
  const taken = await flooding;
  expect(taken).toBeLessThan(most / 2);
  upstream.calls[0]?.socket.write(chunk(""));
  expect(await client.read((_length, tail) => tail === "0\r\n\r\n")).toBeGreaterThan(taken);
});

test("27 likewise a stream that has to be decoded, of which little means much", async () => {
  const packed = gzipSync(event.repeat(2000), { finishFlush: constants.Z_SYNC_FLUSH });
  const head = streamHead("Content-Encoding: gzip");
  const upstream = await startUpstream(({ socket }) => void socket.write(Buffer.concat([head, chunk(packed)])));
  const gateway = await startGateway(upstream.url);
  const before = process.memoryUsage();
  const client = slowClient(gateway.url, "text/event-stream");
  await wait(300);
  // 16 MB of events; what waits is no more than sockets and decoders hold.
  expect(process.memoryUsage().arrayBuffers - before.arrayBuffers).toBeLessThan(8 * MEGABYTE);
  await client.read((length) => length > event.length * 2000);
});
