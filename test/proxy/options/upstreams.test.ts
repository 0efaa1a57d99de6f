import { describe, expect, it } from "vitest";
import { GuardError } from "../../../src/core/errors.ts";
import { loadPolicy } from "../../../src/policy/load.ts";
import type { ProxyKeys } from "../../../src/policy/schema-proxy.ts";
import { mergedKeys } from "../../../src/proxy/options/complete.ts";
import { upstreams } from "../../../src/proxy/options/upstreams.ts";

/** `layers`, the closest first; the last one is the file. */
const of = (...layers: ProxyKeys[]) => upstreams(layers, mergedKeys(layers));
const fromFile = (text: string) => of({}, loadPolicy("c.yaml", text).proxy);
const serversOf = (...layers: ProxyKeys[]) =>
  of(...layers).map(({ server }) => ("target" in server ? server.target.href : server.command.join(" ")));

describe("the one server", () => {
  it("is on port 8000 where nothing is said", () => {
    expect(of({})).toEqual([
      {
        name: "default",
        mount: "",
        server: { target: new URL("http://localhost:8000") },
        protocol: undefined,
        oauth: undefined,
        keepGrpc: false,
      },
    ]);
  });

  it.each<[string, ProxyKeys[], string]>([
    ["a target", [{ target: "http://a/x" }], "http://a/x"],
    ["a command", [{ command: ["node", "my server.js"] }], "node my server.js"],
    ["a command in one text", [{ command: "node 'my server.js'" }], "node my server.js"],
    ["a flag before the file", [{ target: "http://flag/" }, { target: "http://file/" }], "http://flag/"],
    ["a target as a flag, a command in the file", [{ target: "http://flag/" }, { command: "x" }], "http://flag/"],
    ["a command as a flag, a target in the file", [{ command: ["x"] }, { target: "http://file/" }], "x"],
    ["the mode as a flag, the rest in the file", [{ mode: "stdio" }, { command: "x", target: "http://a/" }], "x"],
    ["the other mode as a flag", [{ mode: "http" }, { command: "x", target: "http://a/" }], "http://a/"],
    ["mode http and nothing else", [{ mode: "http" }, {}], "http://localhost:8000/"],
    ["the mode between two in one file", [{}, { mode: "stdio", command: "x", target: "http://a/" }], "x"],
  ])("is decided by %s", (_, layers, server) => {
    expect(serversOf(...layers)).toEqual([server]);
  });

  it.each<[string, ProxyKeys[], RegExp]>([
    ["mode stdio without a command", [{ mode: "stdio" }], /needs a command/],
    ["mode stdio with a target only", [{ mode: "stdio", target: "http://a/" }], /needs a command/],
    ["mode http with a command only", [{ mode: "http", command: "x" }], /not a command/],
    ["a target and a command", [{ target: "http://a/", command: "x" }], /both/],
    ["an empty command", [{ command: " " }], /empty/],
    ["a command whose first word is empty", [{ command: ["", "x"] }], /empty/],
    ["a quote without an end", [{ command: "a 'b" }], /no end/],
  ])("cannot be %s", (_, layers, message) => {
    expect(() => of(...layers)).toThrow(GuardError);
    expect(() => of(...layers)).toThrow(message);
  });

  it("has what the other keys say", () => {
    const [only] = of({ shared: true, env: { A: "flag" } }, { command: "x", env: { A: "file", B: 1, C: true } });
    expect(only?.server).toEqual({ command: ["x"], env: { A: "flag", B: "1", C: "true" }, shared: true });
    expect(of({ protocol: "a2a", oauth: "client", keep_grpc: true })).toMatchObject([
      { protocol: "a2a", oauth: { mode: "client" }, keepGrpc: true },
    ]);
  });
});

describe("several servers", () => {
  it("are at their names, in order, without one of their own", () => {
    const found = fromFile(`
upstreams:
  web: https://mcp.example/mcp?x=1
  files: npx -y "file server"
  full:
    url: http://localhost:9
    protocol: a2a
    keepGrpc: true
    oauth: { mode: client, clientId: id, client-secret: s, scopes: [a, b] }
    agent: { interfaceHosts: [b.example], card_keys: [{ kty: OKP, x: a }], card-key-urls: ["https://k/"], signCards: true }
  facade: { target_url: http://localhost:9, oauth: { mode: facade, client_id: id } }
  shared: { cmd: [x, y z], env: { N: 1 }, shared: true }
`);
    const common = { protocol: undefined, oauth: undefined, keepGrpc: false };
    expect(found).toEqual([
      { ...common, name: "web", mount: "/s/web", server: { target: new URL("https://mcp.example/mcp?x=1") } },
      {
        ...common,
        name: "files",
        mount: "/s/files",
        server: { command: ["npx", "-y", "file server"], env: {}, shared: false },
      },
      {
        name: "full",
        mount: "/s/full",
        server: { target: new URL("http://localhost:9") },
        protocol: "a2a",
        keepGrpc: true,
        oauth: { mode: "client", clientId: "id", clientSecret: "s", scopes: ["a", "b"] },
        agent: {
          interfaceHosts: ["b.example"],
          trust: { keys: [{ kty: "OKP", x: "a" }], keyUrls: ["https://k/"] },
          signCards: true,
        },
      },
      {
        ...common,
        name: "facade",
        mount: "/s/facade",
        server: { target: new URL("http://localhost:9") },
        oauth: { mode: "facade", clientId: "id" },
      },
      {
        ...common,
        name: "shared",
        mount: "/s/shared",
        server: { command: ["x", "y z"], env: { N: "1" }, shared: true },
      },
    ]);
  });

  it("that sign in by themselves have a secret", () => {
    const login = "{mode: client, grant: client_credentials, issuer: https://as/, client_id: a";
    expect(fromFile(`upstreams: {a: {url: http://a, oauth: ${login}, client_secret: b}}}`)).toMatchObject([
      { oauth: { mode: "client", grant: "client_credentials", issuer: "https://as/", clientSecret: "b" } },
    ]);
    expect(() => fromFile(`upstreams: {a: {url: http://a, oauth: ${login}}}}`)).toThrow(/no client_secret/);
  });

  it("trust public keys only", () => {
    const file = "upstreams:\n  a:\n    url: http://a\n    agent: {card_keys: [{kty: OKP, x: a, d: hunter2}]}\n";
    expect(() => fromFile(file)).toThrow(
      /^c\.yaml:4:25: upstreams\.a\.agent\.card_keys\.0: expected a public key as a JWK$/,
    );
  });

  it("stand beside one of their own where it is named", () => {
    const layers = [{ target: "http://one/" }, loadPolicy("c.yaml", "upstreams: {a: http://a/}").proxy];
    expect(of(...layers).map(({ name, mount }) => [name, mount])).toEqual([
      ["default", ""],
      ["a", "/s/a"],
    ]);
  });

  it("follow what is said for all of them, unless they say otherwise", () => {
    const found = fromFile("shared: true\nupstreams: {a: x, b: {command: x, shared: false}}");
    expect(found.map(({ server }) => "shared" in server && server.shared)).toEqual([true, false]);
  });

  it("cannot take the name of the one beside them", () => {
    expect(() => of({ target: "http://one/" }, { upstreams: { default: "x" } })).toThrow(/named default/);
    expect(of({}, { upstreams: { default: "x" } })).toMatchObject([{ name: "default", mount: "/s/default" }]);
  });
});
