import { connect, type Socket } from "node:net";
import { onTestFinished } from "vitest";
import { readHttp, type HttpMessage } from "./read-http.ts";

export type RawClient = {
  socket: Socket;
  /** Everything that came so far. */
  bytes(): Buffer;
  send(bytes: string | Uint8Array): void;
  /** Resolves once `look` finds something in what came; rejects where the connection ends before. */
  until<T>(look: (bytes: Buffer, isEnd: boolean) => T | undefined): Promise<T>;
  /** The other side has ended the connection, or it broke. */
  ended: Promise<void>;
};

/** A connection of which the test writes and reads the bytes. */
export function openClient(url: string): RawClient {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
  const received: Buffer[] = [];
  const listeners = new Set<() => void>();
  let isEnd = false;
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  socket.on("data", (chunk: Buffer) => {
    received.push(chunk);
    tell();
  });
  socket.on("error", () => {});
  const ended = new Promise<void>((resolve) => {
    const end = (): void => {
      isEnd = true;
      tell();
      resolve();
    };
    socket.on("end", end).on("close", end);
  });
  const bytes = (): Buffer => Buffer.concat(received);
  onTestFinished(() => void socket.destroy());
  return {
    socket,
    bytes,
    ended,
    send: (text) => void socket.write(typeof text === "string" ? Buffer.from(text, "latin1") : text),
    until: (look) =>
      new Promise((resolve, reject) => {
        const listener = (): void => {
          const found = look(bytes(), isEnd);
          if (found === undefined && !isEnd) return;
          listeners.delete(listener);
          if (found !== undefined) resolve(found);
          else reject(new Error(`the connection ended after: ${bytes().toString("latin1")}`));
        };
        listeners.add(listener);
        listener();
      }),
  };
}

/** The answer to a request that is sent as it stands; HEAD is said to have no body. */
export async function ask(url: string, request: string | Uint8Array): Promise<HttpMessage> {
  const client = openClient(url);
  client.send(request);
  const isHead = Buffer.from(request).subarray(0, 5).toString() === "HEAD ";
  const answer = await client.until(readAnswer(isHead));
  client.socket.destroy();
  return answer;
}

/** Reads the first answer that is not provisional. */
export function readAnswer(isHead = false) {
  return (bytes: Buffer, isEnd: boolean): HttpMessage | undefined => {
    let from = 0;
    for (;;) {
      const answer = readHttp(bytes.subarray(from), isEnd, ({ start }) => !isHead && hasBody(start[1]));
      if (answer === undefined || !answer.start[1].startsWith("1")) return answer;
      from += answer.length;
    }
  };
}

function hasBody(status: string): boolean {
  return !/^1|^204$|^304$/.test(status);
}
