import { randomBytes } from "node:crypto";

export type Tally = {
  answered: number;
  refused: number;
  cancelled: number;
  notices: number;
  lost: number;
  crossed: number;
};

const PATIENCE = 10_000;
const ways = ["json", "events", "late"] as const;

/** One session: calls one after the other, all with the ids that the other sessions use, and a stream beside them. */
export class Caller {
  readonly #url: string;
  readonly #session: string;
  readonly #tally: Tally;
  #isDone = false;

  constructor(url: string, session: string, tally: Tally) {
    this.#url = url;
    this.#session = session;
    this.#tally = tally;
  }

  stop(): void {
    this.#isDone = true;
  }

  async run(): Promise<void> {
    const listening = this.#listen();
    for (let id = 1; !this.#isDone; id++) await this.#call(id);
    await listening;
  }

  async #call(id: number): Promise<void> {
    const token = randomBytes(8).toString("hex");
    const isCancelled = id % 17 === 0;
    const how = isCancelled ? "late" : ways[id % ways.length];
    const params = { name: "echo", arguments: { token, how } };
    const body = JSON.stringify({ jsonrpc: "2.0", id, method: "tools/call", params });
    const signal = AbortSignal.timeout(isCancelled ? 50 : PATIENCE);
    try {
      const response = await fetch(this.#url, { method: "POST", headers: this.#headers(), body, signal });
      this.#judge(await response.text(), id, token, response.ok);
    } catch (error) {
      if (isCancelled) this.#tally.cancelled++;
      else if (error instanceof Error && error.name === "TimeoutError") this.#tally.lost++;
      else this.#tally.refused++;
    }
  }

  /** A server that dies may cost an answer, but never give another's. */
  #judge(text: string, id: number, token: string, isOk: boolean): void {
    const isOwn = text.includes(`"id":${id}`) && text.includes(`${this.#session} ${token}`);
    if (isOwn) this.#tally.answered++;
    else if (!isOk || text.includes('"error"')) this.#tally.refused++;
    else this.#tally.crossed++;
  }

  async #listen(): Promise<void> {
    while (!this.#isDone) {
      try {
        const response = await fetch(this.#url, { headers: { ...this.#headers(), accept: "text/event-stream" } });
        if (response.ok) await this.#read(response);
      } catch {
        // The server was killed; the next round finds it again.
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  async #read({ body }: Response): Promise<void> {
    for await (const chunk of body ?? []) {
      const sessions = [
        ...Buffer.from(chunk)
          .toString()
          .matchAll(/"data":"(s\d+)"/g),
      ].map(([, session]) => session);
      this.#tally.notices += sessions.length;
      if (sessions.some((session) => session !== this.#session)) this.#tally.crossed++;
      if (this.#isDone) return;
    }
  }

  #headers(): Record<string, string> {
    return {
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
      "mcp-session-id": this.#session,
    };
  }
}
