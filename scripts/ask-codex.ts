import { join } from "node:path";
import { createInterface } from "node:readline";
import { execa } from "execa";

/** Codex lists its servers, with their tools, over the protocol of its app server only. */
export async function askCodex(bin: string, env: Record<string, string>): Promise<string> {
  const codex = execa(join(bin, "codex"), ["app-server"], {
    env,
    extendEnv: false,
    cwd: env["HOME"] ?? "/",
    buffer: false,
    reject: false,
    timeout: 120_000,
  });
  const send = (message: object) => codex.stdin.write(`${JSON.stringify(message)}\n`);
  send({ id: 1, method: "initialize", params: { clientInfo: { name: "mcpguard-test", version: "1" } } });
  send({ method: "initialized" });
  send({ id: 2, method: "mcpServerStatus/list", params: {} });
  for await (const line of createInterface({ input: codex.stdout })) {
    if (!line.includes('"id":2')) continue;
    codex.stdin.end();
    codex.kill();
    await codex;
    return line;
  }
  return "codex ended without an answer";
}
