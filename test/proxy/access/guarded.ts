import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { gather } from "../../../src/commands/proxy/gather.ts";
import { startProxy } from "../../../src/proxy/start.ts";
import { plainServer, type PlainServer } from "../../commands/proxy/plain-server.ts";
import { temporaryHome } from "../../commands/run-cli.ts";

export type Guarded = {
  url: string;
  port: number;
  seen: PlainServer["seen"];
  /** Everything that was logged so far. */
  logged(): string;
  close(): Promise<void>;
};

/** A proxy with these options in front of a plain server; both end with the test. */
export async function guarded(given: Record<string, unknown> = {}): Promise<Guarded> {
  const home = temporaryHome();
  const server = await plainServer();
  const around = { env: { MCPGUARD_HOME: home }, home, folder: home };
  const { options } = gather({ target: server.url, port: 0, ...given }, around);
  const { url, close } = await startProxy(options);
  let isClosed = false;
  const closeOnce = async (): Promise<void> => {
    if (!isClosed) await close();
    isClosed = true;
  };
  onTestFinished(closeOnce);
  const logs = join(home, "log");
  const logged = (): string =>
    readdirSync(logs)
      .map((name) => readFileSync(join(logs, name), "utf8"))
      .join("");
  return { url, port: Number(new URL(url).port), seen: server.seen, logged, close: closeOnce };
}

/** Sends these lines as they are and gives all that comes back until the connection ends. */
export async function sendRaw(port: number, ...lines: readonly string[]): Promise<string> {
  const socket = connect(port, "127.0.0.1").setEncoding("utf8");
  let text = "";
  socket.on("data", (part: string) => (text += part));
  socket.write(`${lines.join("\r\n")}\r\n\r\n`);
  await once(socket, "close");
  return text;
}
