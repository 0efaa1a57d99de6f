import { createServer, type AddressInfo, type Socket } from "node:net";
import { onTestFinished } from "vitest";
import { headerOf, readHttp, type HttpMessage } from "./read-http.ts";

/** A request as it arrived, and its connection. */
export type Call = HttpMessage & { socket: Socket; closed: Promise<void> };

export type RawUpstream = {
  url: string;
  /** All requests so far, and how many connections they came by. */
  calls: Call[];
  connections: number;
  /** The bytes that arrived, on all connections. */
  bytes(): Buffer;
  stop(): Promise<void>;
};

/** A server whose every byte the test writes: `reply` gets each request once it is whole. */
export async function startUpstream(reply: (call: Call) => void, port = 0): Promise<RawUpstream> {
  const received: Buffer[] = [];
  const sockets = new Set<Socket>();
  const upstream: RawUpstream = {
    url: "",
    calls: [],
    connections: 0,
    bytes: () => Buffer.concat(received),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
  const server = createServer((socket) => {
    upstream.connections++;
    sockets.add(socket);
    const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
    let rest = Buffer.alloc(0);
    socket.on("error", () => {});
    socket.on("data", (chunk: Buffer) => {
      received.push(chunk);
      rest = Buffer.concat([rest, chunk]);
      for (let message = readRequest(rest); message !== undefined; message = readRequest(rest)) {
        rest = rest.subarray(message.length);
        const call = { ...message, socket, closed };
        upstream.calls.push(call);
        reply(call);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  upstream.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  onTestFinished(() => upstream.stop());
  return upstream;
}

function readRequest(bytes: Buffer): HttpMessage | undefined {
  return readHttp(bytes, false, (head) =>
    ["content-length", "transfer-encoding"].some((name) => headerOf(head, name) !== undefined),
  );
}
