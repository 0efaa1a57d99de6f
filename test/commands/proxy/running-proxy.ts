import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join, resolve } from "node:path";
import { onTestFinished } from "vitest";
import { makeHome } from "../run-cli.ts";

const bin = resolve("bin/mcpguard.js");

export type RunningProxy = {
  url: string;
  /** What `--json` printed. */
  banner: Record<string, unknown>;
  home: string;
  process: ChildProcess;
  /** What it wrote on stderr so far. */
  said(): string;
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
};

type Settings = { home?: string; env?: Readonly<Record<string, string>> };

type EndSettings = Settings & { endWhenSaid?: string };

/** Starts the built `mcpguard proxy --port 0 --json …` in a home of its own; both end with the test. */
export async function runningProxy(args: readonly string[], settings: Settings = {}): Promise<RunningProxy> {
  const { home, child, said } = start(["--port", "0", "--json", ...args], settings);
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((done) => {
    child.once("exit", (code, signal) => done({ code, signal }));
  });
  const line = await Promise.race([firstLine(child), ended.then(() => "")]);
  if (line === "") throw new Error(`the proxy did not start: ${said()}`);
  const banner: Record<string, unknown> = JSON.parse(line);
  return { url: String(banner["url"]), banner, home, process: child, said, ended };
}

/** Runs it to its end, which is to come by itself unless `endWhenSaid` is given. */
export async function endedProxy(
  args: readonly string[],
  settings: EndSettings = {},
): Promise<{ code: number | null; err: string; out: string }> {
  const { child, said } = start(args, settings);
  let out = "";
  child.stdout?.on("data", (chunk) => (out += chunk));
  const timer = setTimeout(() => child.kill("SIGKILL"), 15_000);
  child.stderr?.on("data", () => {
    if (settings.endWhenSaid !== undefined && said().includes(settings.endWhenSaid)) child.kill("SIGTERM");
  });
  await once(child, "close");
  clearTimeout(timer);
  return { code: child.exitCode, err: said(), out };
}

function start(args: readonly string[], { home, env = {} }: Settings) {
  const place = home ?? temporary();
  const child = spawn(process.execPath, [bin, "proxy", ...args], {
    cwd: place,
    env: { PATH: process.env["PATH"], HOME: place, USERPROFILE: place, MCPGUARD_HOME: join(place, "guard"), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
  onTestFinished(() => void child.kill("SIGKILL"));
  return { home: place, child, said: () => said };
}

function temporary(): string {
  const { home, remove } = makeHome();
  onTestFinished(remove);
  return home;
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((done) => {
    let text = "";
    child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
      if (text.includes("\n")) done(text.slice(0, text.indexOf("\n")));
    });
  });
}
