/** What the suite tells the client it starts. */
export type Scenario = {
  name: string;
  revision: string;
  context: Record<string, string> & { toolCalls?: { name: string; arguments: Record<string, unknown> }[] };
};

export function readScenario(env: NodeJS.ProcessEnv): Scenario {
  return {
    name: env["MCP_CONFORMANCE_SCENARIO"] ?? "",
    revision: env["MCP_CONFORMANCE_PROTOCOL_VERSION"] ?? "2025-11-25",
    context: JSON.parse(env["MCP_CONFORMANCE_CONTEXT"] ?? "{}"),
  };
}
