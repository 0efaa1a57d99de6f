import fc from "fast-check";
import { expect, it, test } from "vitest";
import { opened, refusalIn, RestEnvelope } from "../../../src/proxy/a2a/rest-envelope.ts";

const envelope = new RestEnvelope("e1", "SendMessage", { id: "t" });
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

test("any JSON goes in and comes out with every byte", () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 4 }), fc.integer({ min: 0, max: 3 }), fc.boolean(), (json, spaces, isError) => {
      const body = Buffer.from(" ".repeat(spaces) + json + "\n".repeat(spaces));
      const request = envelope.request(body);
      expect(JSON.parse(text(request))).toEqual({
        jsonrpc: "2.0",
        id: "e1",
        method: "SendMessage",
        params: JSON.parse(json),
      });
      expect(text(opened(request, false)).trim()).toBe(json.trim());
      const answer = envelope.answer(body, isError ? 500 : 200);
      expect(JSON.parse(text(answer))[isError ? "error" : "result"]).toEqual(JSON.parse(json));
      expect(text(opened(answer, false)).trim()).toBe(json.trim());
    }),
  );
});

it.each(['{"a":1,"a":2,"n":1e400,"m":9007199254740993}', '\uFEFF{"a":1}'])("keeps %s", (json) => {
  expect(text(opened(envelope.request(Buffer.from(json)), false))).toBe(json.replace("\uFEFF", ""));
});

it("has what the path says where there is no body", () => {
  expect(JSON.parse(text(envelope.request(Buffer.alloc(0))))).toMatchObject({ params: { id: "t" } });
});

it.each(['{"a":1},"method":"ping","params":{}', "no json", '{"a":1}}'])("a body cannot leave it: %s", (body) => {
  expect(text(envelope.request(Buffer.from(body)))).toBe(body);
});

it("holds a text that is no JSON, and gives it back", () => {
  const answer = envelope.answer(Buffer.from('He said "no".\n'), 500);
  expect(JSON.parse(text(answer))).toMatchObject({ error: 'He said "no".\n' });
  expect(text(opened(answer, true))).toBe('He said "no".\n');
});

it("tells the guard's refusal from an agent's error", () => {
  const ours = { code: -31_403, message: "m", data: [{ domain: "mcpguard" }] };
  const read = (error: object): unknown => refusalIn(Buffer.from(JSON.stringify({ jsonrpc: "2.0", id: "e1", error })));
  expect(read(ours)).toEqual(ours);
  expect(read({ ...ours, data: [] })).toBeUndefined();
  expect(read({ error: ours })).toBeUndefined();
});
