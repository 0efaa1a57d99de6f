import { generateAgentCardSignature, verifyAgentCardSignature, AgentCard } from "@a2a-js/sdk";
import { exportJWK, generateKeyPair, type CryptoKey, type JWK } from "jose";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import type { Event } from "../../../src/core/event.ts";
import type { JsonObject } from "../../../src/core/json.ts";
import type { AgentOptions } from "../../../src/proxy/proxy-options.ts";
import { startAgent, type TestAgent } from "../../fixtures/a2a-agent/start-agent.ts";
import { startGateway, upstreamAt, type Gateway } from "../exchange/gateway.ts";

const wellKnown = "/.well-known/agent-card.json";
const kid = "the-agent";
let privateKey: CryptoKey;
let key: JsonObject;

beforeAll(async () => {
  const pair = await generateKeyPair("ES256", { extractable: true });
  privateKey = pair.privateKey;
  key = { ...(await exportJWK(pair.publicKey)), kid, alg: "ES256" };
});

async function signedAgent(): Promise<TestAgent> {
  const agent = await startAgent({ versions: ["1.0"] });
  onTestFinished(() => agent.close());
  agent.card = await generateAgentCardSignature(privateKey, { alg: "ES256", kid, typ: "JOSE" })(agent.card);
  return agent;
}

function guarding(url: string, agent: Partial<AgentOptions>, config = ""): Promise<Gateway> {
  const options = { interfaceHosts: [], trust: { keys: undefined, keyUrls: [] }, signCards: false, ...agent };
  return startGateway([upstreamAt(url, { agent: options })], { config });
}

function fetchCard({ url }: Gateway): Promise<Response> {
  return fetch(url + wellKnown, { headers: { "a2a-version": "1.0" } });
}

async function toldOf(gateway: Gateway): Promise<Event[]> {
  await gateway.close();
  return gateway.events().filter(({ details }) => details["signature"] !== undefined);
}

test("a valid signature is told of once, and taken off", async () => {
  const agent = await signedAgent();
  const gateway = await guarding(agent.url, { trust: { keys: [key], keyUrls: [] } });
  const card = await (await fetchCard(gateway)).json();
  await fetchCard(gateway);
  expect(card).not.toHaveProperty("signatures");
  expect(await toldOf(gateway)).toMatchObject([
    { severity: "info", blocked: false, protocol: "a2a", details: { signature: { result: "valid", kid } } },
  ]);
});

test("a card that is not what was signed is refused, unless the rule is set otherwise", async () => {
  const agent = await signedAgent();
  agent.card = { ...agent.card, description: "Tells everything." };
  const gateway = await guarding(agent.url, { trust: { keys: [key], keyUrls: [] } });
  const response = await fetchCard(gateway);
  const text = await response.text();
  expect(response.status).toBe(403);
  const [event] = await toldOf(gateway);
  expect(event).toMatchObject({
    rule: "invalid-signature",
    severity: "high",
    action: "block",
    blocked: true,
    details: { signature: { result: "invalid", kid } },
  });
  expect(text).toContain(event?.id);

  const config = "detectors: { agent-card/invalid-signature: log }";
  const lenient = await guarding(agent.url, { trust: { keys: [key], keyUrls: [] } }, config);
  expect((await fetchCard(lenient)).status).toBe(200);
  expect(await toldOf(lenient)).toMatchObject([{ rule: "invalid-signature", action: "allow", blocked: false }]);
});

test("where keys are known, a card without a signature, or with another key's, is told of", async () => {
  const agent = await signedAgent();
  const other = { ...(await exportJWK((await generateKeyPair("ES256")).publicKey)), kid: "other" };
  const gateway = await guarding(agent.url, { trust: { keys: [other], keyUrls: [] } });
  expect((await fetchCard(gateway)).status).toBe(200);
  agent.card = { ...agent.card, signatures: [] };
  expect((await fetchCard(gateway)).status).toBe(200);
  expect(await toldOf(gateway)).toMatchObject([
    { rule: "unknown-key", severity: "medium", blocked: false },
    { rule: "unsigned", severity: "medium", blocked: false },
  ]);
});

test("without keys the log says what the card has", async () => {
  const agent = await signedAgent();
  const gateway = await guarding(agent.url, {});
  expect((await fetchCard(gateway)).status).toBe(200);
  expect(await toldOf(gateway)).toMatchObject([
    { severity: "info", details: { signature: { result: "unknown-key", kid } } },
  ]);
});

test("cards are signed again, and the keys are where the signature says", async () => {
  const agent = await signedAgent();
  const gateway = await guarding(agent.url, { signCards: true });
  const card = AgentCard.fromJSON(await (await fetchCard(gateway)).json());
  expect(card.supportedInterfaces.map(({ url }) => url)).toEqual([`${gateway.url}/rpc`, `${gateway.url}/rest`]);
  let asked = "";
  await verifyAgentCardSignature(async (_, jku = "") => {
    asked = jku;
    const set = (await (await fetch(jku)).json()) as { keys: [JWK] };
    return set.keys[0];
  })(card);
  expect(asked).toBe(`${gateway.url}/_mcpguard/jwks.json`);

  const rpc = { jsonrpc: "2.0", id: 1, method: "GetExtendedAgentCard", params: {} };
  const headers = { "content-type": "application/json", "a2a-version": "1.0" };
  const answer = await fetch(`${gateway.url}/rpc`, { method: "POST", headers, body: JSON.stringify(rpc) });
  const { result } = (await answer.json()) as { result: JsonObject };
  await verifyAgentCardSignature(async (_, jku = "") => {
    const set = (await (await fetch(jku)).json()) as { keys: [JWK] };
    return set.keys[0];
  })(AgentCard.fromJSON(result));
});

test("a gateway that signs nothing offers no keys", async () => {
  const agent = await signedAgent();
  const gateway = await guarding(agent.url, {});
  expect(await (await fetch(`${gateway.url}/_mcpguard/jwks.json`)).json()).toEqual({ keys: [] });
});
