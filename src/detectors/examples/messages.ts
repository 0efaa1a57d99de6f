import type { Example } from "../../core/detector.ts";
import type { JsonObject, JsonValue } from "../../core/json.ts";

type Surroundings = Pick<Example, "title"> & Partial<Pick<Example, "expect" | "policy">>;

/** A request from the client. */
export function request(method: string, params: JsonObject, about: Surroundings): Example {
  return { ...about, direction: "to-server", message: { jsonrpc: "2.0", id: 7, method, params } };
}

/** A call of a tool with these arguments. */
export function call(args: JsonValue, about: Surroundings, tool = "write_note"): Example {
  return request("tools/call", { name: tool, arguments: args }, about);
}

/** The answer to a request of this method. */
export function answer(method: string, params: JsonObject, outcome: JsonObject, about: Surroundings): Example {
  return {
    ...about,
    direction: "to-client",
    before: [{ direction: "to-server", message: { jsonrpc: "2.0", id: 7, method, params } }],
    message: { jsonrpc: "2.0", id: 7, result: outcome },
  };
}

/** A tool's answer of one text. */
export function result(text: string, about: Surroundings): Example {
  return answer("tools/call", { name: "read_page", arguments: {} }, { content: [{ type: "text", text }] }, about);
}

/** A list of one tool. */
export function listing(tool: JsonObject, about: Surroundings): Example {
  const complete = { inputSchema: { type: "object", properties: {} }, ...tool };
  return answer("tools/list", {}, { tools: [complete] }, about);
}
