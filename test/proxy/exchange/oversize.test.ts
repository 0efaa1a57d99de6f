import { setTimeout as wait } from "node:timers/promises";
import { expect, it } from "vitest";
import { startGateway } from "./gateway.ts";
import { ATTACK, answer, json, result, rpc } from "./messages.ts";
import { startUpstream } from "./raw-upstream.ts";

it("a list too large to be read is refused, whatever else the session asks meanwhile", async () => {
  const list = result(1, { tools: [{ name: "a", description: ATTACK }], pad: "x".repeat(200_000) });
  const bytes = answer("200 OK", list, ["Content-Type: application/json"]);
  let finish = (): void => {};
  const upstream = await startUpstream(({ socket, body }) => {
    if (body.includes("ping")) {
      socket.write(json(result(2, {})));
      return;
    }
    socket.write(bytes.subarray(0, 1000));
    finish = () => void socket.write(bytes.subarray(1000));
  });
  const { url } = await startGateway(upstream.url, { config: "max_inspect_size: 50000\n" });
  const ask = async (body: string): Promise<string> =>
    (await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body })).text();
  const listed = ask(rpc(1, "tools/list"));
  while (upstream.calls.length === 0) await wait(5);
  await ask(rpc(2, "ping"));
  finish();
  expect(await listed).not.toContain("Ignore all");
});
