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
  /** Shared by all sessions, or by all callers without one: many a server stays with the era it was opened in. */
  readonly #common: { session?: Promise<Switchboard>; caller?: Promise<Switchboard> } = {};
  /** The server is known to speak no revision without sessions. */
  #isEarly = false;
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
  async open(whose: "session" | "caller"): Promise<Switchboard> {
    if (!this.#options.shared) return this.#start(whose === "caller", false);
    const place = this.#isEarly && this.#common.session !== undefined ? "session" : whose;
    const board = (this.#common[place] ??= this.#start(true, true));
    board.catch(() => delete this.#common[place]);
    return board;
  }

  /** What this process answered shows that sessions are all that the server knows. */
  noteEarly(board: Switchboard): void {
    this.#isEarly = true;
    if (board.peers.size === 0) void board.end();
  }

  /** Ends the common processes that nobody used since this time, in milliseconds since 1970. */
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
    for (const place of ["session", "caller"] as const)
      if ((await this.#common[place]?.catch(() => undefined)) === board) delete this.#common[place];
  }
}
