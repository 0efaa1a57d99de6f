import { onTestFinished } from "vitest";
import type { OAuthLogin, ProxyOptions } from "../../../src/proxy/proxy-options.ts";
import { startAuthorizationServer, type AuthorizationServer } from "../../fixtures/oauth/authorization-server.ts";
import { startResourceServer, type ResourceServer } from "../../fixtures/oauth/resource-server.ts";
import { startGateway, upstreamAt, type Gateway } from "../exchange/gateway.ts";

export type Protected = {
  authorizationServer: AuthorizationServer;
  server: ResourceServer;
  gateway: Gateway;
  /** The server's MCP endpoint behind the gateway. */
  url: string;
};

/** An MCP server that wants OAuth, and a gateway before it. */
export async function startProtected(
  oauth: OAuthLogin | undefined,
  options: Partial<ProxyOptions> & { mount?: string } = {},
): Promise<Protected> {
  const { mount = "", ...rest } = options;
  const authorizationServer = await startAuthorizationServer();
  const server = await startResourceServer(authorizationServer);
  onTestFinished(async () => {
    await server.close();
    await authorizationServer.close();
  });
  const gateway = await startGateway([upstreamAt(server.origin, { oauth, mount, name: "guarded" })], rest);
  return { authorizationServer, server, gateway, url: `${gateway.url}${mount}/mcp` };
}
