import { describe, expect, it } from "vitest";
import { sdks } from "./clients.ts";
import { Person } from "./person.ts";
import { startProtected } from "./start-protected.ts";

describe.each(sdks)("a client's own login through the facade, SDK %s", (_, connect) => {
  it("gets a token for the server itself, and calls it", async () => {
    const { url, server, authorizationServer, gateway } = await startProtected({ mode: "facade" });
    const person = new Person();
    const client = await connect(url, person);
    expect(await client.call("whoami")).toBe("you");
    const [registration, authorization, token] = authorizationServer.asked;
    expect(authorizationServer.asked.map(({ path }) => path)).toEqual(["/register", "/authorize", "/token"]);
    expect(registration?.parameters.toString()).not.toContain("127.0.0.1%3A9");
    expect(authorization?.parameters.get("resource")).toBe(server.url);
    expect(authorization?.parameters.get("redirect_uri")).toBe(`${gateway.url}/_mcpguard/oauth/callback/guarded`);
    expect(token?.parameters.get("resource")).toBe(server.url);
    expect(person.answer.get("state")).toBe("state of the client");
    expect(person.answer.get("iss")).toMatch(new RegExp(`^${gateway.url}/`));
  });

  it("refreshes, once the token has run out", async () => {
    const { url, authorizationServer } = await startProtected({ mode: "facade" });
    const person = new Person();
    const client = await connect(url, person);
    authorizationServer.grants.expire();
    expect(await client.call("whoami")).toBe("you");
    expect(authorizationServer.asked.at(-1)?.parameters.get("grant_type")).toBe("refresh_token");
    authorizationServer.grants.expire();
    expect(await client.call("whoami")).toBe("you");
  });

  it("asks for more rights, once a tool wants them", async () => {
    const { url, authorizationServer } = await startProtected({ mode: "facade" });
    // SDK 1.x tries a refresh, which brings no more rights, and then gives up.
    authorizationServer.grants.canRefresh = false;
    const client = await connect(url, new Person());
    expect(await client.call("admin")).toBe("admin");
    const scopes = authorizationServer.asked.flatMap(({ path, parameters }) =>
      path === "/authorize" ? parameters.get("scope") : [],
    );
    expect(scopes).toEqual(["read", "read admin"]);
  });
});
