import type { IncomingMessage, ServerResponse } from "node:http";

/** Milliseconds that a client gets to notice. */
const PATIENCE = 10_000;

/**
 * Answers a client that is still sending and that may look for an answer only when it is done: the connection
 * stays until then, else it is reset and the answer lost. What comes is thrown away.
 */
export function refuseUpload(request: IncomingMessage, response: ServerResponse, status: number, body: Buffer): void {
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": body.length,
    connection: "close",
  });
  response.write(body);
  const end = (): void => void response.end();
  const timer = setTimeout(end, PATIENCE);
  request.once("end", end);
  request.once("close", () => clearTimeout(timer));
  request.resume();
}
