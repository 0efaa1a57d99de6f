import { readScenario, type Scenario } from "./scenario.ts";
import { Session } from "./session.ts";

/** The client that the conformance suite tests, on @modelcontextprotocol/client: does all that there is to do at a server. */
async function main(url: string, scenario: Scenario): Promise<void> {
  const session = new Session(url, scenario);
  await session.connect();
  const { client } = session;
  const capabilities = client.getServerCapabilities();
  const { tools } = await session.run(() => client.listTools());
  for (const call of callsOf(tools, scenario)) await attempt(() => session.run(() => client.callTool(call)));
  if (capabilities?.resources !== undefined) {
    const { resources } = await client.listResources();
    for (const { uri } of resources) await attempt(() => client.readResource({ uri }));
  }
  if (capabilities?.prompts !== undefined) {
    const { prompts } = await client.listPrompts();
    for (const { name } of prompts) await attempt(() => client.getPrompt({ name }));
  }
  await client.close();
}

type Tool = { name: string; inputSchema: { properties?: Record<string, unknown> | undefined } };
type Call = { name: string; arguments: Record<string, unknown> };

/** The calls a scenario asks for, else every tool that the client shows. */
function callsOf(tools: readonly Tool[], { context }: Scenario): readonly Call[] {
  if (context.toolCalls !== undefined) return context.toolCalls;
  return tools.map(({ name, inputSchema }) => {
    const names = Object.keys(inputSchema.properties ?? {});
    return {
      name,
      arguments: Object.fromEntries(names.map((each) => [each, sample(each, inputSchema.properties, tools)])),
    };
  });
}

/** A tool that takes a schema gets that of the other tool, as it was listed. */
function sample(name: string, properties: Record<string, unknown> = {}, tools: readonly Tool[]): unknown {
  const type = (properties[name] as { type?: string }).type;
  if (name === "schema") return tools[0]?.inputSchema;
  return type === "number" || type === "integer" ? 3 : type === "boolean" ? true : "text";
}

/** Some scenarios answer with errors; the suite judges what it was asked. */
async function attempt(step: () => Promise<unknown>): Promise<void> {
  try {
    await step();
  } catch (error) {
    if (/Unauthorized|in a browser/.test(String(error))) throw error;
    console.error(String(error));
  }
}

try {
  await main(process.argv.at(-1) ?? "", readScenario(process.env));
  process.exit(0);
} catch (error) {
  console.error(error);
  process.exit(1);
}
