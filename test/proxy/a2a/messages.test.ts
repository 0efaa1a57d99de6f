import { describe, expect, it } from "vitest";
import { startGateway, type Gateway } from "../exchange/gateway.ts";
import { answering, headers, info, poison, refusalOf, secret } from "./answering.ts";

type Send = (gateway: Gateway, parts: object[], more?: object) => Promise<Response>;

const ways: readonly (readonly [string, Send])[] = [
  [
    "SendMessage",
    ({ url }, parts, more = {}) => {
      const params = { message: { messageId: "q", role: "ROLE_USER", parts }, ...more };
      const body = JSON.stringify({ jsonrpc: "2.0", id: "x1", method: "SendMessage", params });
      return fetch(`${url}/rpc`, { method: "POST", headers, body });
    },
  ],
  [
    "message/send",
    ({ url }, parts, more = {}) => {
      const params = { message: { kind: "message", messageId: "q", role: "user", parts }, ...more };
      const body = JSON.stringify({ jsonrpc: "2.0", id: "x1", method: "message/send", params });
      return fetch(`${url}/rpc`, { method: "POST", headers, body });
    },
  ],
  [
    "POST message:send",
    ({ url }, parts, more = {}) => {
      const body = JSON.stringify({ message: { messageId: "q", role: "ROLE_USER", parts }, ...more });
      return fetch(`${url}/rest/message:send`, { method: "POST", headers, body });
    },
  ],
];

describe.each(ways)("%s", (name, send) => {
  const refused =
    name === "POST message:send"
      ? { http: 403, code: 403, details: [info] }
      : { http: 200, code: -31_403, details: [info] };

  it.each([
    ["a text", { text: poison }],
    ["data", { data: { note: { deep: [poison] } } }],
    ["a name in data", { data: { [poison]: 1 } }],
    ["a file", { raw: Buffer.from(poison).toString("base64"), mediaType: "text/plain" }],
    ["a file of 0.3", { file: { bytes: Buffer.from(poison).toString("base64"), mimeType: "text/plain" } }],
    ["a file's name", { url: "https://x/f", filename: poison }],
    ["a part's metadata", { text: "Hi", metadata: { x: poison } }],
  ])("is refused with an attack in %s, which the agent never sees", async (_, part) => {
    const agent = await answering([{ text: "Fine." }]);
    const gateway = await startGateway(agent.url);
    const response = await send(gateway, [part]);
    expect(await refusalOf(response)).toMatchObject(refused);
    expect(agent.calls).toEqual([]);
    await gateway.close();
    const [event] = gateway.events().filter(({ event_type: type }) => type === "prompt_injection");
    expect(event).toMatchObject({ direction: "to-server", protocol: "a2a", blocked: true });
  });

  it.each([
    ["a text", { text: poison }],
    ["data", { data: [poison] }],
    ["a file", { raw: Buffer.from(poison).toString("base64"), mediaType: "text/markdown" }],
  ])("gets no attack in the agent's %s", async (_, part) => {
    const agent = await answering([{ text: "Fine." }, part]);
    const gateway = await startGateway(agent.url);
    const response = await send(gateway, [{ text: "Hi" }]);
    expect(await refusalOf(response)).toMatchObject(refused);
    await gateway.close();
    const [event] = gateway.events().filter(({ event_type: type }) => type === "prompt_injection");
    expect(event).toMatchObject({ direction: "to-client", protocol: "a2a", blocked: true });
  });

  it("carries no secret either way, and changes nothing else", async () => {
    const agent = await answering([{ text: `The key is ${secret}, keep it.` }]);
    const gateway = await startGateway(agent.url);
    const response = await send(gateway, [{ text: `My key: ${secret}` }]);
    expect(response.status).toBe(200);
    expect(await response.text()).toMatch(/"The key is ‹[^›]+›, keep it\."/);
    expect(agent.calls[0]?.body).toMatch(/"My key: ‹[^›]+›"/);
    expect(agent.calls[0]?.body).not.toContain(secret);
    await gateway.close();
    expect(JSON.stringify(gateway.events())).not.toContain(secret);
  });

  it.each(["http://169.254.169.254/x", "https://0x7f.1/", "https://10.0.0.1/h", "http://hooks.example.com/"])(
    "registers no webhook at %s, and its token is nowhere",
    async (url) => {
      const agent = await answering([{ text: "Fine." }]);
      const gateway = await startGateway(agent.url);
      const webhook = { url, token: secret, authentication: { scheme: "Bearer", credentials: secret } };
      const field = name === "message/send" ? "pushNotificationConfig" : "taskPushNotificationConfig";
      const response = await send(gateway, [{ text: "Hi" }], { configuration: { [field]: webhook } });
      const violation = { fieldViolations: [{ field: `configuration.${field}.url` }] };
      expect(await refusalOf(response)).toMatchObject({ ...refused, details: [info, violation] });
      expect(agent.calls).toEqual([]);
      await gateway.close();
      expect(JSON.stringify(gateway.events())).not.toContain(secret);
    },
  );
});
