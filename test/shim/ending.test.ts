import { expect, test } from "vitest";
import { fixture, startDirect, startShim, type Conversation, type Start } from "./conversation.ts";
import { isRunning } from "./is-running.ts";

const play = (...steps: unknown[]): string[] => fixture("play", JSON.stringify(steps));

/** The same server twice: without and with the shim. */
function both(server: readonly string[], start?: Start): [direct: Conversation, guarded: Conversation] {
  return [startDirect(server, start), startShim(server, start)];
}

async function sameExit([direct, guarded]: [Conversation, Conversation]): Promise<unknown> {
  const expected = await direct.exit;
  expect(await guarded.exit).toEqual(expected);
  return expected;
}

test("22 the end of the client's input closes the server's at once, and late output still arrives", async () => {
  const shim = startShim(play({ end: true }, { pause: 300 }, { write: "late\n" }, { exit: 3 }));
  const started = performance.now();
  expect((await shim.finish()).toString()).toBe("late\n");
  expect(await shim.exit).toEqual({ code: 3, signal: null });
  expect(performance.now() - started).toBeLessThan(2000);
});

test("22 input from a file ends, too", async () => {
  const shim = startShim(["cat"], { stdin: "package.json" });
  expect((await shim.exit).code).toBe(0);
  expect(shim.output.toString()).toContain('"name": "mcpguard"');
});

test("22 input from /dev/null ends, too", async () => {
  const shim = startShim(["cat"], { stdin: "/dev/null" });
  expect(await shim.exit).toEqual({ code: 0, signal: null });
});

test.each([0, 1, 3, 42, 255])("23 exit code %i is mirrored", async (code) => {
  expect(await sameExit(both(play({ exit: code })))).toEqual({ code, signal: null });
});

test.each(["SIGTERM", "SIGKILL", "SIGABRT", "SIGSEGV", "SIGHUP", "SIGINT"])(
  "23 death by %s is mirrored",
  async (signal) => {
    expect(await sameExit(both(["sh", "-c", `kill -${signal.slice(3)} $$`]))).toEqual({ code: null, signal });
  },
);

test.each([
  ["SIGPIPE", 141],
  ["SIGUSR1", 138],
])("23 death by %s, which Node uses itself, becomes exit code %i", async (signal, code) => {
  const shim = startShim(["sh", "-c", `kill -${signal.slice(3)} $$`]);
  expect(await shim.exit).toEqual({ code, signal: null });
  expect(shim.errors).toBe("");
});

test("25 a server that ends while a request is open ends the shim promptly", async () => {
  const shim = startShim(play({ input: 1 }, { exit: 1 }));
  shim.say({ jsonrpc: "2.0", id: 1, method: "tools/list" });
  const sent = performance.now();
  expect((await shim.exit).code).toBe(1);
  expect(performance.now() - sent).toBeLessThan(1500);
});

test("25 a child that keeps the server's output open does not keep the shim", async () => {
  const shim = startShim(fixture("grandchild"));
  const [message] = await shim.messages(1);
  const pid = Number(Reflect.get(message ?? {}, "pid"));
  try {
    expect((await shim.exit).code).toBe(7);
    expect(isRunning(pid)).toBe(true);
  } finally {
    process.kill(pid);
  }
});

test("22 a slow client still gets all the output of a server that has ended", async () => {
  const line = `{"jsonrpc":"2.0","method":"notifications/message","params":{"data":"${"x".repeat(10_000)}"}}\n`;
  const shim = startShim(play({ write: line, times: 400 }));
  shim.process.stdout?.pause();
  await new Promise((resolve) => setTimeout(resolve, 1500));
  shim.process.stdout?.resume();
  expect((await shim.finish()).length).toBe(line.length * 400);
});
