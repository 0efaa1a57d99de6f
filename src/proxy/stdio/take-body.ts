import type { IncomingMessage, ServerResponse } from "node:http";
import type { JsonValue } from "../../core/json.ts";
import { parse, textOf } from "../../engine/read-message.ts";
import { CodingError, decoded } from "../exchange/content-coding.ts";
import { BodyTooLarge, readBody } from "../exchange/read-body.ts";
import { INVALID_REQUEST, PARSE_ERROR } from "../exchange/rpc-error.ts";
import { refuse } from "./reply.ts";

export type Body = { bytes: Buffer; value: JsonValue };

/** Milliseconds that a client has to read why its body is refused. */
const LINGER = 1000;

/** A POST's JSON. Undefined where it was refused, or the client went away. */
export async function takeBody(
  request: IncomingMessage,
  response: ServerResponse,
  limit: number,
): Promise<Body | undefined> {
  if (!/^\s*application\/json\s*(;|$)/i.test(request.headers["content-type"] ?? ""))
    return refused(response, 415, -32_000, "Unsupported Media Type: Content-Type must be application/json");
  try {
    const bytes = await decoded(await readBody(request, limit), request.headers["content-encoding"], limit);
    const value = parse(textOf(bytes));
    if (value === undefined) return refused(response, 400, PARSE_ERROR, "Parse error: the body is not JSON");
    return { bytes, value };
  } catch (error) {
    if (error instanceof CodingError) return refused(response, 415, INVALID_REQUEST, error.message);
    if (!(error instanceof BodyTooLarge)) return undefined;
    response.setHeader("connection", "close");
    refused(response, 413, INVALID_REQUEST, `The body is larger than max_body_size (${limit} bytes)`);
    // Closed at once the client would see a broken connection instead of the answer.
    request.resume();
    response.once("finish", () => setTimeout(() => request.socket.destroy(), LINGER).unref());
    return undefined;
  }
}

function refused(response: ServerResponse, status: number, code: number, message: string): undefined {
  refuse(response, { status, code, message });
}
