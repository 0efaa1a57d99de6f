import { readFileSync } from "node:fs";
import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { newGuard, toServer } from "../engine/new-guard.ts";
import { wordDetector } from "../engine/word-detector.ts";
import { startShim } from "./conversation.ts";
import { newLane, push } from "./new-lane.ts";

const MB = 1024 * 1024;
const evil = [wordDetector("evil", "EVIL-WORD")];

function cuts(length: number, width: number): number[] {
  return Array.from({ length: Math.floor(length / width) }, (_, index) => index * width);
}

test("15 in a message above max_inspect_size a word is seen wherever it stands", () => {
  for (const at of [5000, MB - 4, MB, MB + 100, 2 * MB - 4100, 2 * MB - 5, 2 * MB + 50_000, 3 * MB - 20]) {
    const { lane, ahead, outcomes } = newLane(newGuard({ detectors: evil, policy: { maxInspectSize: 1000 } }));
    const text = Buffer.from(`${"x".repeat(at)}EVIL-WORD${"y".repeat(4 * MB - at)}\n`);
    push(lane, text, cuts(text.length, 64 * 1024));
    expect(ahead.bytes.equals(text)).toBe(true);
    const rules = outcomes.flatMap(({ events }) => events.map(({ draft }) => draft.detector));
    expect(rules, `at ${at}`).toContain("evil");
  }
});

const big = `"${"x".repeat(5000)}"`;
test.each([
  ["to-server", `{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"id":99,"a":${big}}}`, 7],
  ["to-server", `{"method":"tools/call","params":{"id":99,"a":${big}},"jsonrpc":"2.0","id":"s-1"}`, "s-1"],
  ["to-client", `{"result":{"id":99,"a":${big},"b":{"id":98}},"jsonrpc":"2.0","id":7}`, 7],
  ["to-client", `{"id":8,"jsonrpc":"2.0","result":{"method":"x","a":${big}}}`, 8],
] as const)(
  "16 strict refuses what is too long to inspect, %s, with an error for exactly that id",
  (direction, text, id) => {
    const guard = newGuard({ policy: { maxInspectSize: 100, onGuardError: "closed" } });
    for (const width of [1, 10, 4000]) {
      const { lane, ahead, back } = newLane(guard, direction);
      push(lane, Buffer.from(`${text}\n`), cuts(text.length, width));
      const [silent, spoken] = direction === "to-server" ? [ahead, back] : [back, ahead];
      expect(silent.bytes).toHaveLength(0);
      const error = JSON.parse(spoken.bytes.toString());
      expect(error).toMatchObject({ jsonrpc: "2.0", id, error: { code: -31_403 } });
      expect(Object.keys(error)).toEqual(["jsonrpc", "id", "error"]);
    }
  },
);

test("20 nothing comes between the parts of a message that is forwarded in parts", () => {
  const { lane, ahead, outlets } = newLane(newGuard({ policy: { maxInspectSize: 100 } }));
  const text = Buffer.from(`{"jsonrpc":"2.0","id":1,"result":{"a":${big}}}\n`);
  lane.push(text.subarray(0, 3000));
  outlets.ahead.write(Buffer.from('{"another":"line"}\n'), new PassThrough());
  lane.push(text.subarray(3000));
  outlets.ahead.write(Buffer.from('{"third":"line"}\n'), new PassThrough());
  expect(ahead.bytes.toString()).toBe(`${text.toString()}{"another":"line"}\n{"third":"line"}\n`);
});

test("15 a message of 100 MB passes through the shim unchanged, in bounded memory", async () => {
  const shim = startShim([
    "sh",
    "-c",
    `printf '{"jsonrpc":"2.0","id":1,"result":{"a":"'; head -c 104857600 /dev/zero | tr '\\0' x; printf '"}}\\n'; sleep 0.2; cat >/dev/null`,
  ]);
  let length = 0;
  shim.process.stdout?.removeAllListeners("data").on("data", (chunk: Buffer) => {
    length += chunk.length;
  });
  while (length < 104_857_600 + 43) await new Promise((resolve) => setTimeout(resolve, 20));
  const most = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${shim.pid}/status`, "utf8"))?.[1]) / 1024;
  expect(most).toBeLessThan(500);
  expect(length).toBe(104_857_600 + 43);
  await shim.finish();
  expect(shim.events().map(({ rule }) => rule)).toContain("oversize");
});

test.each([
  ["while a list of tools is awaited", "to-client", `{"jsonrpc":"2.0","id":1,"result":{"tools":[${big}]}}`, {}],
  [
    "with a list of denied tools",
    "to-server",
    `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"a":${big}}}`,
    { deny: ["a"] },
  ],
] as const)("what is too long to inspect is refused %s", (_, direction, text, policy) => {
  const guard = newGuard({ policy: { maxInspectSize: 100, ...policy } });
  const request = { jsonrpc: "2.0", id: 1, method: "tools/list" };
  if (direction === "to-client") toServer(guard, request);
  const { lane, ahead, back } = newLane(guard, direction);
  push(lane, Buffer.from(`${text}\n`), cuts(text.length, 50));
  const spoken = direction === "to-server" ? back : ahead;
  expect(JSON.parse(spoken.bytes.toString())).toMatchObject({ id: 1, error: { code: -31_403 } });
  expect(Buffer.concat([ahead.bytes, back.bytes]).includes("xxx")).toBe(false);
});
