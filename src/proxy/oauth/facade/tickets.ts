import { stringAt, type JsonObject } from "../../../core/json.ts";
import type { AuthorizationServer } from "../discover.ts";
import type { Place, Servers } from "./servers.ts";
import type { Seal } from "./seal.ts";

/** What a client's id says to the proxy: who it is upstream, and where its browser may be sent. */
export type ClientTicket = {
  /** The id that the authorization server knows. */
  id: string;
  /** Undefined of a client that only knows the id of the configuration. */
  uris: readonly string[] | undefined;
  issuer: string | undefined;
  place: Place | undefined;
};

/** What a code says to the proxy: for which client and way back it was given. */
export type CodeTicket = { code: string; client: string; uri: string; callback: string };

/** Milliseconds; authorization servers give their codes at most ten minutes. */
const CODE_LIFETIME = 10 * 60_000;

/** The ids and codes that clients get from the proxy. They are sealed, so the proxy need not keep them. */
export class Tickets {
  readonly #seal: Seal;
  readonly #configured: string | undefined;

  constructor(seal: Seal, configured: string | undefined) {
    this.#seal = seal;
    this.#configured = configured;
  }

  clientId(id: string, uris: readonly string[], { issuer }: AuthorizationServer, { path, metadataUrl }: Place): string {
    const url = metadataUrl === undefined ? {} : { url: metadataUrl };
    return this.#seal.close("client", { id, uris: [...uris], issuer, path, ...url });
  }

  client(clientId: string | null | undefined): ClientTicket | undefined {
    const note = this.#seal.open("client", clientId);
    if (note !== undefined) {
      const texts = Array.isArray(note["uris"]) ? note["uris"].filter((uri) => typeof uri === "string") : [];
      const place = { path: textIn(note, "path"), metadataUrl: stringAt(note, "url") };
      return { id: textIn(note, "id"), uris: texts, issuer: textIn(note, "issuer"), place };
    }
    if (clientId !== this.#configured || this.#configured === undefined) return undefined;
    return { id: this.#configured, uris: undefined, issuer: undefined, place: undefined };
  }

  code({ code, client, uri, callback }: CodeTicket, now = Date.now()): string {
    return this.#seal.close("code", { code, client, uri, callback, until: now + CODE_LIFETIME });
  }

  openCode(sealed: string | null, now = Date.now()): CodeTicket | undefined {
    const note = this.#seal.open("code", sealed);
    if (note === undefined || !(Number(note["until"]) > now)) return undefined;
    const [code, client, uri, callback] = ["code", "client", "uri", "callback"].map((name) => textIn(note, name));
    return { code: code ?? "", client: client ?? "", uri: uri ?? "", callback: callback ?? "" };
  }
}

function textIn(note: JsonObject, name: string): string {
  return stringAt(note, name) ?? "";
}

/** The authorization server a client is registered with; undefined where the upstream has another one now. */
export async function serverOf(
  { issuer, place }: ClientTicket,
  servers: Servers,
): Promise<AuthorizationServer | undefined> {
  const server = await servers.at(place ?? servers.last);
  return issuer === undefined || issuer === server.issuer ? server : undefined;
}
