import { expect, it } from "vitest";
import { callTool, plainServer } from "./proxy/plain-server.ts";
import { runningProxy } from "./proxy/running-proxy.ts";

it("the built proxy brings its dashboard along: page, style, script and icon", async () => {
  const { url } = await runningProxy([]);
  const page = await (await fetch(`${url}/_mcpguard`)).text();
  const assets = [...page.matchAll(/(?:src|href)="(\/_mcpguard\/assets\/[^"]+)"/g)].map(([, path = ""]) => path);
  expect(new Set(assets.map((path) => path.split(".").at(-1)))).toEqual(new Set(["css", "js", "svg"]));
  for (const path of assets) {
    const response = await fetch(url + path);
    expect([path, response.status]).toEqual([path, 200]);
    expect((await response.text()).length).toBeGreaterThan(100);
  }
});

it("what was stopped is shown", async () => {
  const { url: target } = await plainServer();
  const { url } = await runningProxy(["--target", target, "--deny", "echo"]);
  expect(JSON.stringify(await callTool(url, "echo"))).toContain("mcpguard blocked this request");
  await expect.poll(async () => (await fetch(`${url}/_mcpguard/events`)).text(), { timeout: 5000 }).toContain("BLOCK");
  const counts = (await (await fetch(`${url}/health`)).json()) as { metrics: { blocked: number } };
  expect(counts.metrics.blocked).toBe(1);
});

it("with a key it opens to whoever has the key, as a password too", async () => {
  const { url } = await runningProxy([], { env: { MCPGUARD_API_KEY: "let-me-in" } });
  expect((await fetch(`${url}/_mcpguard/`)).status).toBe(401);
  const basic = Buffer.from("anybody:let-me-in").toString("base64");
  expect((await fetch(`${url}/_mcpguard/`, { headers: { authorization: `Basic ${basic}` } })).status).toBe(200);
});
