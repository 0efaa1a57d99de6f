import { expect, test } from "vitest";
import { inspect, newGuard } from "./new-guard.ts";
import { wordDetector } from "./word-detector.ts";

const evil = [wordDetector("evil", "EVIL")];

/** Both directions, as a call's arguments and as its result. */
function inBoth(value: string): [request: string, response: string] {
  return [
    `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"t","arguments":${value}}}`,
    `{ "jsonrpc" : "2.0", "id" : 1, "result" : {"content":[],"structuredContent":${value}} }`,
  ];
}

test.each([
  ["2 numbers", '{"n":[9007199254740993,1.0,1e400,-0,0.1000000000000000055,1E-7,12345678901234567890]}'],
  ["3 escapes", '{"t":"\\ud800 \\u003c \\/ \\u0000 \\u2028 \u2028 \\"\\\\"}'],
  ["3 integer-like and odd names", '{"2":1,"1":2,"":3,"\\u0061":4,"a/b":5}'],
  ["4 duplicate members", '{"a":1,"a":2,"b":{"a":1,"\\u0061":2}}'],
  ["5 __proto__ and friends", '{"__proto__":{"x":1},"constructor":{"prototype":{"x":1}},"prototype":{"x":1}}'],
])("%s pass byte for byte, both ways", (_, value) => {
  const guard = newGuard({ detectors: evil });
  const [request, response] = inBoth(value);
  const there = Buffer.from(request);
  const back = Buffer.from(response);
  expect(inspect(guard, "to-server", there).forward).toBe(there);
  expect(inspect(guard, "to-client", back).forward).toBe(back);
  expect(Reflect.get({}, "x")).toBeUndefined();
});

test("3 invalid UTF-8 passes byte for byte, and the text around it is read", () => {
  const parts = [
    Buffer.from('{"jsonrpc":"2.0","id":1,"result":{"content":"'),
    Buffer.from([0xff, 0xc0, 0xaf, 0xed, 0xa0, 0x80]),
    Buffer.from(' fine"}}'),
  ];
  const bytes = Buffer.concat(parts);
  expect(inspect(newGuard({ detectors: evil }), "to-client", bytes).forward).toBe(bytes);
  const bad = Buffer.concat([parts[0] ?? bytes, parts[1] ?? bytes, Buffer.from(' EVIL"}}')]);
  expect(inspect(newGuard({ detectors: evil }), "to-client", bad).verdict.action).toBe("block");
});

test.each([
  ["the last of them", '{"text":"fine","text":"EVIL"}'],
  ["the first of them", '{"text":"EVIL","text":"fine"}'],
  ["the first, deep inside", '{"a":[{"b":{"text":"EVIL"},"b":{"text":"fine"}}]}'],
  ["the first, written with escapes", '{"te\\u0078t":"EVIL","text":"fine"}'],
])("4 of duplicate members %s is looked at", (_, value) => {
  for (const [direction, message] of [
    ["to-server", inBoth(value)[0]],
    ["to-client", inBoth(value)[1]],
  ] as const) {
    expect(inspect(newGuard({ detectors: evil }), direction, message).verdict.action).toBe("block");
  }
});

test("4 duplicate members are noted as an oddity of the message", () => {
  const guard = newGuard();
  inspect(guard, "to-client", inBoth('{"a":1,"a":2}')[1]);
  expect(guard.memory.oddities.get("duplicate-key")).toBe(1);
  inspect(guard, "to-client", inBoth('{"a":1,"b":[{"a":"\\"a\\":1"}]}')[1]);
  expect(guard.memory.oddities.get("duplicate-key")).toBe(1);
});

test("6 members whose names are written with escapes are recognised", () => {
  const guard = newGuard({ policy: { deny: ["bad"] } });
  const request =
    '{"jsonrpc":"2.0","\\u0069d":5,"\\u006dethod":"tools\\/call","par\\u0061ms":{"n\\u0061me":"b\\u0061d"}}';
  const { verdict, forward, answers } = inspect(guard, "to-server", request);
  expect(verdict.action).toBe("block");
  expect(forward).toBeUndefined();
  expect(answers.map((answer) => JSON.parse(Buffer.from(answer).toString()).id)).toEqual([5]);
});

test("9 a refusal adds no member of its own to a message", () => {
  const guard = newGuard({ policy: { deny: ["bad", "method:secret/*"] } });
  const call = inspect(guard, "to-server", { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "bad" } });
  const other = inspect(guard, "to-server", { jsonrpc: "2.0", id: 2, method: "secret/x" });
  const keys = [...call.answers, ...other.answers].map((answer) =>
    Object.keys(JSON.parse(Buffer.from(answer).toString())),
  );
  expect(keys).toEqual([
    ["jsonrpc", "id", "result"],
    ["jsonrpc", "id", "error"],
  ]);
});

test.each([
  "0",
  "-1",
  '""',
  '"1"',
  "1",
  "9007199254740993",
  "1.0",
  "1.5",
  "1e0",
  `"${"x".repeat(10_000)}"`,
  '"\\u0041\\/"',
  "null",
])("10 the id %s comes back in a refusal exactly as it was written", (id) => {
  const guard = newGuard({ policy: { deny: ["bad"] } });
  const request = `{"params":{"name":"bad","id":99},"id" : ${id} ,"method":"tools/call","jsonrpc":"2.0"}`;
  const answer = Buffer.from(inspect(guard, "to-server", request).answers[0] ?? []).toString();
  expect(answer.startsWith(`{"jsonrpc":"2.0","id":${id},"result":`)).toBe(true);
});

test('10 ids 1 and "1" are two requests', () => {
  const guard = newGuard({ policy: { deny: ["bad"] } });
  inspect(guard, "to-server", { jsonrpc: "2.0", id: 1, method: "tools/list" });
  inspect(guard, "to-server", { jsonrpc: "2.0", id: "1", method: "prompts/list" });
  const answer = inspect(guard, "to-client", {
    jsonrpc: "2.0",
    id: "1",
    result: { tools: [{ name: "bad" }], prompts: [] },
  });
  expect(answer.verdict.action).toBe("allow");
  const list = inspect(guard, "to-client", { jsonrpc: "2.0", id: 1, result: { tools: [{ name: "bad" }] } });
  expect(list.verdict.action).toBe("hide");
});

test("13 unknown methods, members, capabilities and extensions pass unchanged", () => {
  const guard = newGuard();
  for (const [direction, text] of [
    ["to-server", '{"jsonrpc":"2.0","id":1,"method":"x/y","params":[1,"two"],"extra":{}}'],
    ["to-client", '{"jsonrpc":"2.0","id":1,"result":null}'],
    ["to-client", '{"jsonrpc":"2.0","method":"notifications/x","params":{"_meta":{"a/b":1}}}'],
    ["to-client", '{"jsonrpc":"2.0","id":7,"method":"x/z"}'],
    ["to-server", '{"jsonrpc":"2.0","id":7,"error":{"code":1}}'],
    ["to-client", '"just a text"'],
    ["to-client", "12"],
  ] as const) {
    const bytes = Buffer.from(text);
    expect(inspect(guard, direction, bytes).forward).toBe(bytes);
  }
});
