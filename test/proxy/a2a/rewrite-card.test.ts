import { describe, expect, it } from "vitest";
import { Interfaces } from "../../../src/proxy/a2a/interfaces.ts";
import { rewriteCard, type DroppedInterface } from "../../../src/proxy/a2a/rewrite-card.ts";

const target = new URL("https://agent.example/");

function rewritten(
  card: string,
  { keepGrpc = false, isAnswer = false } = {},
): { text: string; dropped: DroppedInterface[] } {
  const interfaces = new Interfaces({ target, hosts: [] });
  const place = (address: string): ReturnType<Interfaces["place"]> => interfaces.place(address, target);
  const { bytes, dropped } = rewriteCard(Buffer.from(card), isAnswer, { place, base: "http://proxy/s/a", keepGrpc });
  return { text: Buffer.from(bytes).toString(), dropped };
}

describe("a card of 1.0", () => {
  const card = `{ "name": "W\\u0065ather",\t"supportedInterfaces" : [
    {"url":"https://agent.example/rpc", "protocolBinding":"JSONRPC","tenant":"t1", "protocolVersion":"1.0"},
    {"url":"grpc.agent.example:443","protocolBinding":"GRPC"},
    {"url":"https://evil.example/rpc","protocolBinding":"HTTP+JSON"},
    {"protocolBinding":"HTTP+JSON","url":"https:\\/\\/agent.example/rest/"} ],
  "signatures": [{"protected":"p","signature":"s"}], "provider":{"url":"https://agent.example/about"},
  "documentationUrl":"https://agent.example/docs", "iconUrl":"https://agent.example/i.png",
  "securitySchemes":{"o":{"oauth2SecurityScheme":{"oauth2MetadataUrl":"https://agent.example/o"}}}, "n":1.0}`;

  it("names the proxy's interfaces only, without signatures; not another byte changes", () => {
    const { text, dropped } = rewritten(card);
    expect(text).toBe(`{ "name": "W\\u0065ather",\t"supportedInterfaces" : [
    {"url":"http://proxy/s/a/rpc", "protocolBinding":"JSONRPC","tenant":"t1", "protocolVersion":"1.0"},
    {"protocolBinding":"HTTP+JSON","url":"http://proxy/s/a/rest/"} ], "provider":{"url":"https://agent.example/about"},
  "documentationUrl":"https://agent.example/docs", "iconUrl":"https://agent.example/i.png",
  "securitySchemes":{"o":{"oauth2SecurityScheme":{"oauth2MetadataUrl":"https://agent.example/o"}}}, "n":1.0}`);
    expect(dropped).toEqual([
      { url: "grpc.agent.example:443", reason: "gRPC cannot be inspected" },
      { url: "https://evil.example/rpc", reason: "it is another host than the agent's" },
    ]);
  });

  it("keeps gRPC where that is wanted", () => {
    expect(rewritten(card, { keepGrpc: true }).text).toContain(
      '{"url":"grpc.agent.example:443","protocolBinding":"GRPC"}',
    );
  });

  it("is found in an answer", () => {
    const { text } = rewritten(`{"jsonrpc":"2.0","result":${card},"id":1}`, { isAnswer: true });
    expect(text.match(/https:\/\/agent\.example\/(?:rpc|rest)|evil|signatures/g)).toBeNull();
  });
});

describe("a card of 0.3", () => {
  it("has its own address and the others rewritten", () => {
    const card = `{"url":"https://agent.example","preferredTransport":"JSONRPC","additionalInterfaces":[
      {"transport":"GRPC","url":"https://agent.example:50051"},{"url":"/v1","transport":"HTTP+JSON"}]}`;
    expect(JSON.parse(rewritten(card).text)).toEqual({
      url: "http://proxy/s/a",
      preferredTransport: "JSONRPC",
      additionalInterfaces: [{ url: "http://proxy/s/a/v1", transport: "HTTP+JSON" }],
    });
  });

  it("has another interface in front where the first cannot be carried", () => {
    const card = `{"url":"grpc.agent.example:443","preferredTransport":"GRPC","additionalInterfaces":[
      {"url":"grpc.agent.example:443","transport":"GRPC"},{"url":"https://agent.example/rpc","transport":"JSONRPC"}]}`;
    expect(JSON.parse(rewritten(card).text)).toEqual({
      url: "http://proxy/s/a/rpc",
      preferredTransport: "JSONRPC",
      additionalInterfaces: [{ url: "http://proxy/s/a/rpc", transport: "JSONRPC" }],
    });
  });

  it("leads nowhere rather than past the proxy", () => {
    expect(JSON.parse(rewritten('{"url":"https://evil.example/"}').text)).toEqual({
      url: "http://proxy/s/a/_a2a/none",
    });
  });
});

describe("names that some client reads otherwise", () => {
  it.each([
    '{"supported_interfaces":[{"url":"https://agent.example/rpc","protocol_binding":"JSONRPC"}]}',
    '{"URL":"https://agent.example/rpc"}',
    '{"\\u0075rl":"https://agent.example/rpc"}',
    '{"url":"https://agent.example/rpc","url":"https://agent.example/rpc"}',
    '{"SupportedInterfaces":[{"Url":"https://agent.example/rpc"}],"url":""}',
    '{"supportedInterfaces":[],"supportedInterfaces":[{"url":"x","url":"https://agent.example/rpc"}]}',
  ])("%s", (card) => {
    expect(rewritten(card).text).not.toContain("agent.example");
  });

  it("an address with a second one that must not pass goes as a whole", () => {
    const { text } = rewritten('{"supportedInterfaces":[{"url":"/rpc","url":"https://evil.example/"}]}');
    expect(text).toBe('{"supportedInterfaces":[]}');
  });
});

it.each([
  "{}",
  "[]",
  "null",
  '"text"',
  '{"url":7,"supportedInterfaces":{},"signatures":null}',
  '{"additionalInterfaces":[1,null]}',
])("survives %s", (card) => {
  expect(() => JSON.parse(rewritten(card).text)).not.toThrow();
});
