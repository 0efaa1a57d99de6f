import { stripVTControlCharacters } from "node:util";
import { execa } from "execa";
import type { RealClient } from "./real-client.ts";

/** Asks a client about its servers; true once it says that it reached the one called `every`. */
export async function isConnected(
  { words, input, connected }: RealClient["ask"],
  { env, cwd }: { env: Record<string, string>; cwd: string },
): Promise<boolean> {
  const [command = "", ...args] = words;
  const client = execa(command, args, {
    env,
    extendEnv: false,
    cwd,
    reject: false,
    timeout: 90_000,
    buffer: false,
    all: true,
  });
  let seen = "";
  // A client that reads messages ends when its input does: not before it has answered.
  if (input === undefined) client.stdin.end();
  else client.stdin.write(input);
  for await (const chunk of client.all) {
    seen += stripVTControlCharacters(String(chunk));
    if (connected.test(seen)) client.stdin.end();
  }
  await client;
  return connected.test(seen);
}
