import { describe, expect, it, test } from "vitest";
import { Interfaces } from "../../../src/proxy/a2a/interfaces.ts";

const card = (target: string): URL => new URL(".well-known/agent-card.json", target.replace(/\/?$/, "/"));

function placed(target: string, address: string, hosts: readonly string[] = []): string {
  const found = new Interfaces({ target: new URL(target), hosts }).place(address, card(target));
  return "path" in found ? found.path.replace(/[0-9a-f]{16}/, "ID") : `dropped: ${found.dropped}`;
}

describe("an interface below the agent's own address", () => {
  test.each([
    ["https://agent.example", "https://agent.example/", "/"],
    ["https://agent.example", "https://agent.example", ""],
    ["https://agent.example", "https://agent.example/a2a/v1?x=1", "/a2a/v1?x=1"],
    ["https://agent.example", "https://AGENT.example:443/rpc", "/rpc"],
    ["https://agent.example/base/", "https://agent.example/base/rpc/", "/rpc/"],
    ["https://agent.example/base", "https://agent.example/base", ""],
    ["https://agent.example", "/rpc", "/rpc"],
    ["https://agent.example", "../rpc", "/rpc"],
    ["http://[::1]:9000", "http://[::1]:9000/rpc", "/rpc"],
  ])("%s has %s at %s", (target, address, path) => {
    expect(placed(target, address)).toBe(path);
  });
});

describe("an interface elsewhere", () => {
  test.each([
    ["https://agent.example/base", "https://agent.example/other"],
    ["https://agent.example/base", "https://agent.example/baseline"],
    ["https://agent.example", "https://agent.example:8443/rpc"],
    ["https://agent.example", "https://eu.agent.example/rpc"],
    ["http://agent.example", "https://agent.example/rpc"],
    ["http://localhost:8000", "http://127.0.0.1:8000/rpc"],
    ["http://localhost:8000", "http://0.0.0.0:8000/rpc"],
  ])("of %s, %s, has a place of its own", (target, address) => {
    expect(placed(target, address)).toBe("/_a2a/ID");
  });

  it("keeps a slash at its end, and leads back to the very address", () => {
    const interfaces = new Interfaces({ target: new URL("https://agent.example/base"), hosts: [] });
    const found = interfaces.place("https://agent.example:8443/rpc/?k=v", card("https://agent.example/base"));
    const path = "path" in found ? found.path : "";
    expect(path).toMatch(/^\/_a2a\/[0-9a-f]{16}\/$/);
    expect(interfaces.find(`${path}message:send?x=1`)).toMatchObject({
      target: new URL("https://agent.example:8443/rpc/?k=v"),
      rest: "/message:send?x=1",
    });
    const again = new Interfaces({ target: new URL("https://agent.example/base"), hosts: [] });
    expect(again.find(path)).toBeUndefined();
    again.place("https://agent.example:8443/rpc/?k=v", card("https://agent.example"));
    expect(again.find(path.slice(0, -1))?.rest).toBe("");
    expect(again.find(`${path.slice(0, -1)}0/x`)).toBeUndefined();
  });

  it("is told from other paths", () => {
    expect(Interfaces.isPlace("/_a2a/none")).toBe(true);
    expect(Interfaces.isPlace("/_a2ab")).toBe(false);
  });
});

describe("an interface that the proxy must not lead to", () => {
  test.each([
    ["https://agent.example", "https://evil.example/", "it is another host than the agent's"],
    ["https://agent.example", "https://notagent.example/", "it is another host than the agent's"],
    ["https://agent.example", "https://example/", "it is another host than the agent's"],
    ["https://agent.example", "http://169.254.169.254/latest", "it is another host than the agent's"],
    ["https://agent.example", "http://127.0.0.1:6379/", "it is another host than the agent's"],
    ["http://10.1.2.3", "http://0.10.1.2.3.nip.io/", "it is another host than the agent's"],
    ["http://agent", "http://x.agent/", "it is another host than the agent's"],
    ["https://agent.example", "http://agent.example/", "it is not encrypted, and the agent is"],
    ["https://agent.example", "ws://agent.example/", "it is not HTTP"],
    ["https://agent.example", "agent.example:443", "it is not HTTP"],
    ["https://agent.example", "https://user:pw@agent.example/", "it has a login in it"],
    ["https://agent.example", "https://", "it is no URL"],
  ])("of %s, %s: %s", (target, address, reason) => {
    expect(placed(target, address)).toBe(`dropped: ${reason}`);
  });

  it("passes where a person named its host", () => {
    expect(placed("https://agent.example", "https://partner.example/rpc", ["partner.example"])).toBe("/_a2a/ID");
    expect(placed("https://agent.example", "http://partner.example:81/", ["partner.example:81"])).toBe("/_a2a/ID");
    expect(placed("https://agent.example", "https://partner.example:8/", ["partner.example:81"])).toMatch(/^dropped/);
  });

  it("is one too many", () => {
    const interfaces = new Interfaces({ target: new URL("https://agent.example"), hosts: [] });
    const places = Array.from({ length: 70 }, (_, index) =>
      interfaces.place(`https://agent.example:${1000 + index}/`, card("https://agent.example")),
    );
    expect(places.filter((each) => "path" in each)).toHaveLength(64);
    expect(places.at(-1)).toEqual({ dropped: "the agent has too many" });
  });
});
