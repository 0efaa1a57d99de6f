import type { FetchLike } from "@modelcontextprotocol/client";
import type { Challenge } from "../challenge.ts";
import { GuardError } from "../../../core/errors.ts";
import { discover, type AuthorizationServer } from "../discover.ts";

const LIFETIME = 5 * 60_000;
const MAX_PLACES = 100;

/** An endpoint of the upstream: its path, and where it said its description is. */
export type Place = { path: string; metadataUrl: string | undefined };

/** What an upstream says of its logins. Remembered for five minutes, or until it refuses somebody. */
export class Servers {
  readonly #origin: string;
  readonly #fetchFn: FetchLike;
  readonly #answers = new Map<string, { server: Promise<AuthorizationServer>; until: number }>();
  /** By path, as the upstream named them. */
  readonly #metadataUrls = new Map<string, string | undefined>();
  readonly #issuer: string | undefined;
  #last: Place;

  /** Where `issuer` is given, no other authorization server will do. */
  constructor(target: URL, fetchFn: FetchLike, issuer?: string) {
    this.#origin = target.origin;
    this.#issuer = issuer;
    this.#last = { path: target.pathname, metadataUrl: undefined };
    this.#fetchFn = fetchFn;
  }

  /** Where the upstream last wanted a login; without one so far, its root. */
  get last(): Place {
    return this.#last;
  }

  /** True where it has wanted a login. */
  get hasRefused(): boolean {
    return this.#metadataUrls.size > 0;
  }

  hasRefusedAt(path: string): boolean {
    return this.#metadataUrls.has(path);
  }

  /** The upstream wants a login for `path`, and may say where that is described. */
  refused(path: string, { metadataUrl }: Challenge): void {
    this.#last = { path, metadataUrl };
    this.#answers.delete(keyOf(this.#last));
    this.#metadataUrls.delete(path);
    this.#metadataUrls.set(path, metadataUrl);
    dropOldest(this.#metadataUrls);
  }

  placeOf(path: string): Place {
    return { path, metadataUrl: this.#metadataUrls.get(path) };
  }

  /** Rejects as `discover` does. */
  at(place: Place, now = Date.now()): Promise<AuthorizationServer> {
    const key = keyOf(place);
    const known = this.#answers.get(key);
    if (known !== undefined && known.until > now) return known.server;
    const server = this.#ask(place);
    this.#answers.delete(key);
    this.#answers.set(key, { server, until: now + LIFETIME });
    dropOldest(this.#answers);
    server.catch(() => this.#answers.delete(key));
    return server;
  }

  async #ask({ path, metadataUrl }: Place): Promise<AuthorizationServer> {
    const server = await discover({ endpoint: this.#origin + path, metadataUrl }, this.#fetchFn);
    if (this.#issuer !== undefined && this.#issuer !== server.issuer) {
      const fix = "If that is right, change oauth.issuer in the configuration.";
      throw new GuardError("ISSUER_CHANGED", `it names another authorization server, ${server.issuer}`, fix);
    }
    // Clients may ask for descriptions before they are refused.
    if (!this.hasRefused && server.resourceMetadata !== undefined) this.#last = { path, metadataUrl };
    return server;
  }
}

function keyOf({ path, metadataUrl = "" }: Place): string {
  return `${path} ${metadataUrl}`;
}

function dropOldest(map: Map<string, unknown>): void {
  if (map.size > MAX_PLACES) map.delete(map.keys().next().value ?? "");
}
