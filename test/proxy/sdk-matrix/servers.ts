import { createServer, type AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { serve } from "../../fixtures/conformance-server/serve.ts";
import type { Topics } from "./converse.ts";

export type Served = { url: string; stop(): Promise<void> };

const everything = fileURLToPath(
  new URL("../../../node_modules/@modelcontextprotocol/server-everything/dist/index.js", import.meta.url),
);

/** The fixture of the conformance suites: both eras, Streamable HTTP. */
export async function serveFixture(): Promise<Served> {
  const { url, close } = await serve(0);
  return { url, stop: close };
}

/** The official server with something of everything, in a process of its own. */
export async function serveEverything(transport: "sse" | "streamableHttp"): Promise<Served> {
  const port = await freePort();
  const child = execa(process.execPath, [everything, transport], {
    env: { PORT: String(port) },
    stdin: "ignore",
    reject: false,
    stdout: "ignore",
  });
  await new Promise<void>((resolve) => {
    child.stderr.setEncoding("utf8").on("data", (said: string) => {
      if (/running on|listening on/.test(said)) resolve();
    });
  });
  return {
    url: `http://127.0.0.1:${port}/${transport === "sse" ? "sse" : "mcp"}`,
    stop: async () => {
      child.kill("SIGKILL");
      await child;
    },
  };
}

function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

export const fixtureTopics: Topics = {
  arguments: {
    test_custom_header: { region: "eu-wëst" },
    test_sampling: { prompt: "hello" },
    test_elicitation: { message: "Your name?" },
    json_schema_2020_12_tool: { name: "Ada" },
  },
  skip: [],
  prompts: [
    { name: "test_simple_prompt" },
    { name: "test_prompt_with_arguments", arguments: { arg1: "é", arg2: "\u2028" } },
    { name: "test_prompt_with_embedded_resource", arguments: { resourceUri: "test://x" } },
    { name: "test_prompt_with_image" },
    { name: "test_input_required_result_prompt" },
    { name: "no_such_prompt" },
  ],
  resources: ["test://static-text", "test://static-binary", "test://template/7/data", "test://none"],
  completions: [
    { ref: { type: "ref/prompt", name: "test_prompt_with_arguments" }, argument: { name: "arg1", value: "par" } },
  ],
  watched: { uri: "test://watched-resource", trigger: { name: "test_trigger_resource_update" } },
  greeting: undefined,
  slow: { name: "test_tool_with_progress" },
};

/** Without errors: after one the 1.x client resumes its stream a second later, and this server replays all it ever said. */
export const everythingTopics: Topics = {
  arguments: {
    echo: { message: 'ünï 🙂 \u2028 "quoted"' },
    "get-sum": { a: 0.1, b: 0.2 },
    "get-structured-content": { location: "New York" },
    "get-annotated-message": { messageType: "error", includeImage: true },
    "get-resource-links": { count: 3 },
    "get-resource-reference": { resourceType: "Blob", resourceId: 2 },
    "trigger-sampling-request": { prompt: "hello", maxTokens: 10 },
    "gzip-file-as-resource": { name: "a.gz", data: "data:text/plain,hello", outputType: "resource" },
    "trigger-long-running-operation": { duration: 0.2, steps: 4 },
  },
  // Its environment is not for tests; the others speak by themselves at times that nobody knows.
  skip: ["get-env", "toggle-simulated-logging", "toggle-subscriber-updates", "simulate-research-query"],
  prompts: [{ name: "simple-prompt" }, { name: "args-prompt", arguments: { city: "Oslo", state: "none" } }],
  resources: ["demo://resource/dynamic/text/1", "demo://resource/dynamic/blob/2"],
  completions: [
    { ref: { type: "ref/prompt", name: "completable-prompt" }, argument: { name: "department", value: "E" } },
  ],
  watched: undefined,
  greeting: "Roots updated",
  slow: { name: "trigger-long-running-operation", arguments: { duration: 0.4, steps: 8 } },
};
