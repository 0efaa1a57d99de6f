import { expect, it } from "vitest";
import { ATTACK, always, answer, result } from "./messages.ts";
import { startGateway } from "./gateway.ts";
import { startUpstream } from "./raw-upstream.ts";

const poisoned = result(1, { tools: [{ name: "a", description: ATTACK }] });

it.each(["text/plain", "application/json", "application/octet-stream"])(
  "whoever asked for a stream gets none under the name of %s, where nobody would look into it",
  async (type) => {
    const stream = `data: ${poisoned}\n\n`;
    const upstream = await startUpstream(always(answer("200 OK", stream, [`Content-Type: ${type}`])));
    const { url } = await startGateway(upstream.url);
    const response = await fetch(`${url}/mcp`, { headers: { accept: "text/event-stream" } });
    expect(response.status).toBe(502);
    expect(await response.text()).not.toContain("Ignore all");
  },
);

it("what else a browser may take passes", async () => {
  const upstream = await startUpstream(always(answer("200 OK", "hello", ["Content-Type: text/plain"])));
  const { url } = await startGateway(upstream.url);
  const response = await fetch(`${url}/mcp`, { headers: { accept: "text/event-stream, */*" } });
  expect(await response.text()).toBe("hello");
});
