import type { AgentCard } from "@a2a-js/sdk";
import { describe, expect, it } from "vitest";
import { startGateway, upstreamAt } from "../exchange/gateway.ts";
import { json, scriptedAgent } from "./scripted-agent.ts";
import { cardAgent, wellKnown } from "./weather-card.ts";

const named = (host: string) => ({
  interfaceHosts: [host],
  trust: { keys: undefined, keyUrls: [] },
  signCards: false,
});

describe("interfaces elsewhere", () => {
  it("are reached through the gateway, also after it was started again", async () => {
    const other = await scriptedAgent(({ body }, response) =>
      json(response, { jsonrpc: "2.0", id: 1, result: { body } }),
    );
    const more = {
      supportedInterfaces: [
        { url: `${other.url}/deep/rpc?k=v`, protocolBinding: "JSONRPC" },
        { url: "http://198.51.100.1/rpc", protocolBinding: "JSONRPC" },
        { url: `${other.url}/rest/`, protocolBinding: "HTTP+JSON" },
      ],
    };
    const { url } = await cardAgent(more);
    const agent = named(new URL(other.url).host);
    const first = await startGateway([upstreamAt(url, { agent })]);
    const card = (await (await fetch(first.url + wellKnown)).json()) as AgentCard;
    const places = card.supportedInterfaces.map((each) => each.url);
    expect(places).toEqual([
      expect.stringMatching(new RegExp(`^${first.url}/_a2a/[0-9a-f]{16}$`)),
      expect.stringMatching(new RegExp(`^${first.url}/_a2a/[0-9a-f]{16}/$`)),
    ]);
    const [rpc = "", rest = ""] = places;
    const second = await startGateway([upstreamAt(url, { agent })]);
    for (const gateway of [first, second]) {
      const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "GetTask", params: { id: "t" } });
      const answer = await fetch(rpc.replace(first.url, gateway.url), { method: "POST", body });
      expect(await answer.json()).toMatchObject({ result: { body } });
      await fetch(`${rest.replace(first.url, gateway.url)}tasks/t:cancel`, { method: "POST" });
    }
    expect(other.calls.map((call) => call.url)).toEqual([
      "/deep/rpc?k=v",
      "/rest/tasks/t:cancel",
      "/deep/rpc?k=v",
      "/rest/tasks/t:cancel",
    ]);
    await first.close();
    const dropped = first.events().filter(({ rule }) => rule === "dropped-interface");
    expect(dropped).toMatchObject([{ blocked: true, action: "hide", protocol: "a2a" }]);
    expect(first.events().filter(({ event_type: type }) => type === "message")).toHaveLength(3);
  });

  it("that no card names are not found, however often somebody asks", async () => {
    const { url, calls } = await cardAgent();
    const gateway = await startGateway(url);
    for (let index = 0; index < 5; index++) {
      const response = await fetch(`${gateway.url}/_a2a/0123456789abcdef/x`, { method: "POST", body: "{}" });
      expect(response.status).toBe(404);
      expect(JSON.stringify(await response.json())).toContain("Fetch the agent's card again");
    }
    expect(calls).toHaveLength(3);
  });

  it("are hosts that a person named", async () => {
    const more = { supportedInterfaces: [{ url: "https://partner.example/rpc", protocolBinding: "JSONRPC" }] };
    const { url } = await cardAgent(more);
    const gateway = await startGateway([upstreamAt(url, { agent: named("partner.example") })]);
    expect(await (await fetch(gateway.url + wellKnown)).text()).toContain(`${gateway.url}/_a2a/`);
  });
});
