import { isObject, valueAt, type JsonObject, type JsonValue } from "../../core/json.ts";
import { REFUSED_CODE } from "../../engine/refusal.ts";
import { parse, textOf } from "../../engine/read-message.ts";
import { decode, spansOf } from "../../protocols/json/spans.ts";

/**
 * Bodies of the HTTP+JSON binding as the engine knows messages: inside a JSON-RPC envelope, their
 * bytes untouched. A body that is no JSON goes in as a text.
 */
export class RestEnvelope {
  readonly #id: string;
  readonly #method: string;
  /** What path and headers say, where a request has no body. */
  readonly #named: JsonObject;

  constructor(id: string, method: string, named: JsonObject) {
    this.#id = JSON.stringify(id);
    this.#method = JSON.stringify(method);
    this.#named = named;
  }

  /** A request whose body cannot be read stays what it is: the agent cannot read it either. */
  request(body: Buffer): Buffer {
    const params = body.length === 0 ? Buffer.from(JSON.stringify(this.#named)) : withoutMark(body);
    if (body.length > 0 && parse(textOf(body)) === undefined) return body;
    return this.#wrapped(`"method":${this.#method},"params":`, params);
  }

  answer(body: Buffer, status: number): Buffer {
    const isJson = parse(textOf(body)) !== undefined;
    const value = isJson ? withoutMark(body) : Buffer.from(JSON.stringify(textOf(body)));
    return this.#wrapped(status >= 400 ? '"error":' : '"result":', value);
  }

  #wrapped(names: string, value: Buffer): Buffer {
    return Buffer.concat([Buffer.from(`{"jsonrpc":"2.0","id":${this.#id},${names}`), value, Buffer.from("}")]);
  }
}

/** What is inside an envelope. `isText` where it was no JSON. */
export function opened(message: Uint8Array, isText: boolean): Uint8Array {
  const root = spansOf(message);
  const inner = root.members?.findLast(({ key }) => key === "params" || key === "result" || key === "error")?.value;
  if (inner === undefined) return message;
  if (!isText) return message.subarray(inner.start, inner.end);
  const text = parse(decode(message, inner.start, inner.end));
  return Buffer.from(typeof text === "string" ? text : "");
}

/** The guard's own error in place of a message; undefined of all others. */
export function refusalIn(message: Uint8Array): JsonObject | undefined {
  const error: JsonValue | undefined = valueAt(parse(textOf(message)), "error");
  const isOurs =
    isObject(error) && error["code"] === REFUSED_CODE && valueAt(error, "data", 0, "domain") === "mcpguard";
  return isOurs ? error : undefined;
}

function withoutMark(body: Buffer): Buffer {
  return body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf ? body.subarray(3) : body;
}
