import { expect, test } from "vitest";
import { answers, inspect, newGuard, toClient, toServer } from "./new-guard.ts";
import { wordDetector } from "./word-detector.ts";

const call = (id: string, name: string): string =>
  `{"jsonrpc":"2.0","id":${id},"method":"tools/call","params":{"name":"${name}"}}`;
const denying = { policy: { deny: ["bad"] } };

test("14 a batch without findings is forwarded as it came", () => {
  for (const text of [
    "[]",
    " [ ] ",
    `[ ${call("1", "a")} ,\n ${call("1.0", "b")} ]`,
    "[1,null,[[]],{}]",
    `\ufeff[${call("1", "a")}]`,
  ]) {
    const bytes = Buffer.from(text);
    expect(inspect(newGuard(denying), "to-server", bytes).forward).toBe(bytes);
  }
});

test.each([
  ["first", [call("9007199254740993", "bad"), call("2", "a"), call("3", "b")], 0, "9007199254740993"],
  ["middle", [call("1", "a"), call('"2"', "bad"), call("3", "b")], 1, '"2"'],
  ["last", [call("1", "a"), call("2", "b"), call("1.0", "bad")], 2, "1.0"],
])("14 only the blocked member is cut out, and answered with its own id: %s", (_, members, index, id) => {
  const outcome = inspect(newGuard(denying), "to-server", Buffer.from(`[ ${members.join(" , ")} ]`));
  const rest = Buffer.from(outcome.forward ?? []).toString();
  expect(JSON.parse(rest)).toEqual(members.toSpliced(index, 1).map((member): unknown => JSON.parse(member)));
  for (const member of members.toSpliced(index, 1)) expect(rest).toContain(member);
  expect(outcome.answers).toHaveLength(1);
  expect(Buffer.from(outcome.answers[0] ?? []).toString()).toContain(`"id":${id},`);
  expect(outcome.verdict.findings.map(({ finding }) => finding.at)).toEqual([`/${index}/params/name`]);
});

test("14 an empty rest is not sent", () => {
  const outcome = toServer(newGuard(denying), `[${call("1", "bad")},${call("2", "bad")}]`);
  expect(outcome.forward).toBeUndefined();
  expect(answers(outcome)).toMatchObject([{ id: 1 }, { id: 2 }]);
});

test("14 a batch of answers: each is inspected as the answer it is, and a blocked one replaced in its place", () => {
  const guard = newGuard({ ...denying, detectors: [wordDetector("evil", "EVIL")] });
  toServer(guard, `[${call("1", "a")},{"jsonrpc":"2.0","id":2,"method":"tools/list"}]`);
  const first = '{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"EVIL"}]}}';
  const second = '{ "jsonrpc":"2.0","id":2,"result":{"tools":[{"name":"bad"},{"name":"ok"}]} }';
  const { forward } = toClient(guard, `[${first}, ${second}]`);
  const parsed = JSON.parse(Buffer.from(forward ?? []).toString());
  expect(parsed).toMatchObject([
    { id: 1, result: { isError: true } },
    { id: 2, result: { tools: [{ name: "ok" }] } },
  ]);
  expect(Buffer.from(forward ?? []).toString()).toContain(
    '{ "jsonrpc":"2.0","id":2,"result":{"tools":[{"name":"ok"}]} }',
  );
});

test("14 a blocked notification of a batch leaves no trace", () => {
  const guard = newGuard({ detectors: [wordDetector("evil", "EVIL")] });
  const note = '{"jsonrpc":"2.0","method":"notifications/x","params":{"a":"EVIL"}}';
  const outcome = toServer(guard, `[${note},${call("1", "a")}]`);
  expect(Buffer.from(outcome.forward ?? []).toString()).toBe(`[${call("1", "a")}]`);
  expect(outcome.answers).toEqual([]);
});

test("14 arrays within a batch are inspected, never skipped", () => {
  const guard = newGuard({ detectors: [wordDetector("evil", "EVIL")] });
  expect(toClient(guard, '[[{"jsonrpc":"2.0","id":1,"result":{"content":"EVIL"}}]]').verdict.action).toBe("block");
});

test.each([
  ["texts", '"x"'],
  ["numbers", "1"],
  ["objects", "{}"],
])("14 a batch of more than 10,000 %s is refused whole, at once", (_, member) => {
  const text = `[${`${member},`.repeat(1_000_000)}${member}]`;
  const started = performance.now();
  const outcome = toClient(newGuard(), text);
  expect(performance.now() - started).toBeLessThan(2500);
  expect(outcome.forward).toBeUndefined();
  expect(outcome.events).toMatchObject([{ draft: { event_type: "guard_error", blocked: true, action: "block" } }]);
});

test("14 a batch whose 10,000 members all have findings takes bounded time", () => {
  const guard = newGuard({ detectors: [wordDetector("evil", "EVIL")], policy: { detectors: { evil: "log" } } });
  const content = Array.from({ length: 10 }, () => ({ type: "text", text: "EVIL" }));
  const started = performance.now();
  const { verdict } = toClient(
    guard,
    Array.from({ length: 10_000 }, (_, id) => ({ jsonrpc: "2.0", id, result: { content } })),
  );
  expect(verdict.findings).toHaveLength(100_000);
  expect(verdict.findings.at(-1)?.finding.at).toBe("/9999/result/content/9/text");
  expect(performance.now() - started).toBeLessThan(10_000);
});
