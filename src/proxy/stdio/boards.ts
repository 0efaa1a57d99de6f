import { startChild } from "../../process/start-child.ts";
import { childLog } from "./child-log.ts";
import type { Limits } from "./limits.ts";
import { Switchboard } from "./switchboard.ts";

export type BoardsOptions = {
  /** Of the upstream. */
  name: string;
  command: readonly string[];
  env: Readonly<Record<string, string>>;
  /** One process for all sessions. */
  shared: boolean;
  limits: Limits;
  /** Milliseconds that the server may be silent about a call; 0 waits for ever. */
  patience: number;
};

/** Starts the processes of one stdio server, and knows those that run. */
export class Boards {
  readonly #options: BoardsOptions;
  readonly #running = new Set<Switchboard>();
  readonly #log: (line: string) => void;
  #common: Promise<Switchboard> | undefined;
  /** False after a process could not be started, until one could. */
  canStart = true;

  constructor(options: BoardsOptions) {
    this.#options = options;
    this.#log = childLog(options.name);
  }

  get count(): number {
    return this.#running.size;
  }

  /** Rejects with the system's error where the process cannot be started. */
  async open(isForSession: boolean): Promise<Switchboard> {
    if (!this.#options.shared) return this.#start(!isForSession, false);
    this.#common ??= this.#start(true, true).catch((error: unknown) => {
      this.#common = undefined;
      throw error;
    });
    return this.#common;
  }

  /** Ends the common process if nobody used it since this time, in milliseconds since 1970. */
  endUnused(since: number): void {
    for (const board of this.#running) if (board.peers.size === 0 && board.lastUsed < since) void board.end();
  }

  async close(): Promise<void> {
    await Promise.all([...this.#running].map((board) => board.end()));
  }

  async #start(hasAliases: boolean, isCommon: boolean): Promise<Switchboard> {
    const { name, command, env, limits, patience } = this.#options;
    // The proxy's own key is for the proxy only.
    const { MCPGUARD_API_KEY: _, ...own } = process.env;
    const child = await startChild(command, { ...own, ...env }, this.#log).catch((error: unknown) => {
      this.canStart = false;
      throw error;
    });
    this.canStart = true;
    const board = new Switchboard({ name, child, hasAliases, isCommon, limits, patience });
    this.#running.add(board);
    void this.#forget(board);
    return board;
  }

  async #forget(board: Switchboard): Promise<void> {
    await board.options.child.ended;
    this.#running.delete(board);
    if (board.options.isCommon) this.#common = undefined;
  }
}
