import { execa } from "execa";
import { root } from "./root.ts";

export type Listening = { readonly origin: string; stop(): Promise<void> };

const announced = /listening\b[^]*?(https?:\/\/[^\s"'/]+)/;

/** Starts a script of the repository that says `listening` and where, within half a minute; `stop` ends it. */
export async function startListening(args: readonly string[], env: Record<string, string> = {}): Promise<Listening> {
  const child = execa(process.execPath, args, {
    cwd: root,
    env,
    stdin: "ignore",
    all: true,
    reject: false,
    buffer: false,
  });
  const stop = async (): Promise<void> => {
    child.kill("SIGTERM");
    await child;
  };
  let said = "";
  const origin = await new Promise<string | undefined>((resolve) => {
    child.all.setEncoding("utf8").on("data", (chunk: string) => {
      said += chunk;
      const found = announced.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    });
    void child.then(() => resolve(undefined));
    setTimeout(() => resolve(undefined), 30_000).unref();
  });
  if (origin !== undefined) return { origin, stop };
  await stop();
  throw new Error(`${args.join(" ")} did not listen:\n${said}`);
}
