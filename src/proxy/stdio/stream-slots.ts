import type { ServerResponse } from "node:http";

/** How many streams may stay open for as long as their clients like. */
export class StreamSlots {
  readonly #most: number;
  #taken = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get areTaken(): boolean {
    return this.#taken >= this.#most;
  }

  /** Takes a slot until the response closes. */
  take(response: ServerResponse): void {
    this.#taken++;
    response.once("close", () => this.#taken--);
  }
}
