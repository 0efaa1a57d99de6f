import { randomBytes } from "node:crypto";

const LIFETIME = 10 * 60_000;
const MAX_FLOWS = 1000;

/** Logins on their way through somebody's browser, each under a key that cannot be guessed and works once. */
export class Flows<T> {
  readonly #open = new Map<string, { flow: T; until: number }>();

  /** The key to take it up again with, within ten minutes. Beyond a thousand the oldest is forgotten. */
  put(flow: T, now = Date.now()): string {
    for (const [key, { until }] of this.#open) {
      if (until > now && this.#open.size < MAX_FLOWS) break;
      this.#open.delete(key);
    }
    const key = randomBytes(32).toString("base64url");
    this.#open.set(key, { flow, until: now + LIFETIME });
    return key;
  }

  take(key: string | null | undefined, now = Date.now()): T | undefined {
    const found = this.#open.get(key ?? "");
    this.#open.delete(key ?? "");
    return found !== undefined && found.until > now ? found.flow : undefined;
  }
}
