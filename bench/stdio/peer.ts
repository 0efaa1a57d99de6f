import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";

type Waiting = (line: Buffer) => void;

/** A client that speaks newline-framed JSON-RPC and nothing more. */
export class Peer {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, Waiting>();
  #parts: Buffer[] = [];
  #nextId = 1;

  constructor(command: readonly string[], env: NodeJS.ProcessEnv) {
    const [file = "", ...args] = command;
    this.#child = spawn(file, args, { stdio: ["pipe", "pipe", "ignore"], env });
    this.#child.stdout?.on("data", (chunk: Buffer) => this.#push(chunk));
  }

  call(method: string, params: object): Promise<Buffer> {
    const id = this.#nextId++;
    const answered = new Promise<Buffer>((resolve) => this.#waiting.set(id, resolve));
    this.#child.stdin?.write(`${JSON.stringify({ jsonrpc: "2.0", id, method, params })}\n`);
    return answered;
  }

  tool(args: { text?: string; size?: number }): Promise<Buffer> {
    return this.call("tools/call", { name: "echo", arguments: args });
  }

  /** Resident memory of the process in the middle, in MiB, without its server's. */
  memory(): number {
    const status = readFileSync(`/proc/${this.#child.pid}/status`, "utf8");
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
  }

  /** Processor time of the process in the middle so far, in milliseconds (in ticks of 10). */
  processorTime(): number {
    const fields = readFileSync(`/proc/${this.#child.pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
    return (Number(fields[11]) + Number(fields[12])) * 10;
  }

  async close(): Promise<void> {
    const ended = once(this.#child, "exit");
    this.#child.stdin?.end();
    await ended;
  }

  #push(chunk: Buffer): void {
    let from = 0;
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, from)) {
      this.#parts.push(chunk.subarray(from, at));
      this.#answer(Buffer.concat(this.#parts));
      this.#parts = [];
      from = at + 1;
    }
    if (from < chunk.length) this.#parts.push(chunk.subarray(from));
  }

  #answer(line: Buffer): void {
    const id = Number(/"id":(\d+)\}?$/.exec(line.subarray(-40).toString("latin1"))?.[1]);
    this.#waiting.get(id)?.(line);
    this.#waiting.delete(id);
  }
}
