import { createLocalJWKSet, createRemoteJWKSet } from "jose";
import type { CardTrust } from "../proxy-options.ts";

/** Milliseconds. */
const TIMEOUT = 5000;

export type KeySet = ReturnType<typeof createLocalJWKSet> | ReturnType<typeof createRemoteJWKSet>;

/** A person's key sets for the cards of one agent: those at hand, and those at the addresses that were allowed. */
export class CardKeys {
  readonly #own: KeySet | undefined;
  readonly #urls: readonly string[];
  readonly #remote = new Map<string, KeySet>();

  constructor({ keys, keyUrls }: CardTrust) {
    this.#own = keys === undefined ? undefined : createLocalJWKSet({ keys: [...keys] });
    this.#urls = keyUrls;
  }

  /** False where no key can ever be found. */
  get isGiven(): boolean {
    return this.#own !== undefined || this.#urls.length > 0;
  }

  /** The key sets that may hold the key of a signature. An address from a card is never asked unless it was allowed. */
  setsFor(jku: string | undefined): KeySet[] {
    const sets = this.#own === undefined ? [] : [this.#own];
    if (jku !== undefined && this.#urls.includes(jku)) sets.push(this.#remoteSet(jku));
    return sets;
  }

  #remoteSet(url: string): KeySet {
    const known = this.#remote.get(url) ?? createRemoteJWKSet(new URL(url), { timeoutDuration: TIMEOUT });
    this.#remote.set(url, known);
    return known;
  }
}
