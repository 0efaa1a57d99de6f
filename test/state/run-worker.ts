import { fileURLToPath } from "node:url";
import { execa } from "execa";

/** Runs a worker of this folder as a process of its own; gives its standard output. */
export async function runWorker(name: string, ...args: string[]): Promise<string> {
  const path = fileURLToPath(new URL(`workers/${name}.ts`, import.meta.url));
  const { stdout } = await execa(process.execPath, ["--import", "tsx", path, ...args], { timeout: 20_000 });
  return stdout;
}
