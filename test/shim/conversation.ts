import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const wrap = fileURLToPath(new URL("../../dist/wrap.cjs", import.meta.url));
const servers = fileURLToPath(new URL("../fixtures/servers/", import.meta.url));

export type Start = {
  env?: Record<string, string>;
  cwd?: string;
  /** The text of config.yaml. */
  config?: string;
  /** A file instead of a pipe as standard input. */
  stdin?: string;
};
export type Exit = { code: number | null; signal: NodeJS.Signals | null };

/** The command line of one of our own servers. */
export function fixture(name: string, ...args: string[]): [string, ...string[]] {
  return [process.execPath, join(servers, `${name}.mjs`), ...args];
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "mcpguard-shim-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Starts a server behind the built shim, with a home of its own. */
export function startShim(server: readonly string[], start: Start = {}): Conversation {
  const home = start.env?.["MCPGUARD_HOME"] ?? temporaryFolder();
  if (start.config !== undefined) writeFileSync(join(home, "config.yaml"), start.config);
  const args = [wrap, "wrap", "--server", "tested", "--client", "tester", "--", ...server];
  return new Conversation([process.execPath, ...args], home, start);
}

/** Starts the same server without the shim, to compare. */
export function startDirect(server: readonly string[], start: Start = {}): Conversation {
  return new Conversation(server, temporaryFolder(), start);
}

/** A process and everything it said so far. It is killed when the test ends. */
export class Conversation {
  readonly process: ChildProcess;
  readonly exit: Promise<Exit>;
  readonly home: string;
  #output: Buffer[] = [];
  #errors: Buffer[] = [];

  constructor([command = "", ...args]: readonly string[], home: string, { env, cwd, stdin }: Start) {
    this.home = home;
    const input = stdin === undefined ? "pipe" : openSync(stdin, "r");
    this.process = spawn(command, args, {
      stdio: [input, "pipe", "pipe"],
      env: { ...process.env, ...env, MCPGUARD_HOME: home },
      ...(cwd === undefined ? {} : { cwd }),
    });
    if (typeof input === "number") closeSync(input);
    this.process.stdout?.on("data", (chunk: Buffer) => this.#output.push(chunk));
    this.process.stderr?.on("data", (chunk: Buffer) => this.#errors.push(chunk));
    this.process.stdin?.on("error", () => {});
    this.exit = new Promise((resolve) => {
      this.process.on("error", () => resolve({ code: -1, signal: null }));
      this.process.on("close", (code, signal) => resolve({ code, signal }));
    });
    onTestFinished(() => void this.process.kill("SIGKILL"));
  }

  get pid(): number {
    return this.process.pid ?? 0;
  }

  /** All bytes on standard output so far. */
  get output(): Buffer {
    this.#output = [Buffer.concat(this.#output)];
    return this.#output[0] ?? Buffer.alloc(0);
  }

  get errors(): string {
    return Buffer.concat(this.#errors).toString();
  }

  send(bytes: string | Uint8Array): void {
    this.process.stdin?.write(bytes);
  }

  /** Sends messages, a line each. */
  say(...messages: unknown[]): void {
    this.send(messages.map((message) => `${JSON.stringify(message)}\n`).join(""));
  }

  end(): void {
    this.process.stdin?.end();
  }

  /** Ends standard input and gives the whole output once the process is gone. */
  async finish(): Promise<Buffer> {
    this.end();
    await this.exit;
    return this.output;
  }

  /** Resolves once so many bytes came out. */
  received(length: number): Promise<Buffer> {
    return this.#until(() => (this.output.length >= length ? this.output : undefined));
  }

  /** Resolves once so many lines came out, with all of them parsed. */
  messages(count: number): Promise<Message[]> {
    return this.#until(() => {
      const lines = this.output.toString().split("\n").slice(0, -1);
      return lines.length >= count ? lines.map((line) => JSON.parse(line) as Message) : undefined;
    });
  }

  /** The events in the audit log of this home. */
  events(): Event[] {
    const day = new Date().toISOString().slice(0, 10);
    const lines = readFileSync(join(this.home, "log", `${day}.jsonl`), "utf8")
      .trimEnd()
      .split("\n");
    return lines.map((line) => JSON.parse(line) as Event);
  }

  async #until<T>(look: () => T | undefined): Promise<T> {
    for (let found = look(); ; found = look()) {
      if (found !== undefined) return found;
      if (this.process.exitCode !== null && this.process.stdout?.closed === true)
        throw new Error(`ended early: ${this.errors}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}

export type Message = {
  id?: unknown;
  method?: string;
  params?: Record<string, unknown>;
  result?: Record<string, unknown>;
  error?: { code: number; message: string };
};
type Event = Record<string, unknown> & { event_type: string; details: Record<string, unknown> };
