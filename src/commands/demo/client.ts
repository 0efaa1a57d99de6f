import { execa } from "execa";
import { createInterface } from "node:readline";
import { isObject, type JsonObject, type JsonValue } from "../../core/json.ts";

/** A scripted MCP client that starts its server the way a configured client does. */
export class DemoClient {
  readonly #process;
  readonly #waiting = new Map<number, (message: JsonObject) => void>();
  readonly #notified = new Map<string, () => void>();
  #nextId = 1;

  constructor(command: readonly [string, ...string[]], env: Record<string, string>) {
    const [file, ...args] = command;
    this.#process = execa(file, args, {
      env,
      stdin: "pipe",
      stdout: "pipe",
      stderr: "inherit",
      buffer: false,
      reject: false,
    });
    createInterface({ input: this.#process.stdout }).on("line", (line) => this.#receive(JSON.parse(line)));
  }

  request(method: string, params: JsonObject = {}): Promise<JsonObject> {
    const id = this.#nextId++;
    this.#send({ jsonrpc: "2.0", id, method, params });
    return new Promise((resolve) => this.#waiting.set(id, resolve));
  }

  notify(method: string): void {
    this.#send({ jsonrpc: "2.0", method });
  }

  /** Resolves at the next notification of this method. */
  notified(method: string): Promise<void> {
    return new Promise((resolve) => this.#notified.set(method, resolve));
  }

  async close(): Promise<void> {
    this.#process.stdin.end();
    await this.#process;
  }

  #send(message: JsonObject): void {
    this.#process.stdin.write(`${JSON.stringify(message)}\n`);
  }

  #receive(message: JsonValue): void {
    if (!isObject(message)) return;
    if (typeof message["method"] === "string") this.#notified.get(message["method"])?.();
    if (typeof message["id"] === "number") this.#waiting.get(message["id"])?.(message);
  }
}
