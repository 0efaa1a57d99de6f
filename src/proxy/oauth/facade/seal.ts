import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { join } from "node:path";
import { isObject, type JsonObject } from "../../../core/json.ts";
import { warnOnce } from "../../../session/warn-once.ts";
import { placeIn } from "../../../state/home.ts";
import { createJsonFile } from "../../../state/json-file.ts";
import { readJsonFile } from "../../../state/json-folder.ts";

/** Characters of a sealed text that is looked at. */
const MAX_SEALED = 16_000;

/** Notes of the proxy to itself that clients keep for it: they can be read, but not made or changed by others. */
export class Seal {
  readonly #key: Buffer;
  readonly #owner: string;

  /** What is sealed for one `owner` is nothing to another. */
  constructor(key: Buffer, owner: string) {
    this.#key = key;
    this.#owner = owner;
  }

  /** Letters, digits, hyphens, underscores and one dot: the same in URLs, forms and headers. */
  close(purpose: string, note: JsonObject): string {
    const body = Buffer.from(JSON.stringify(note)).toString("base64url");
    return `${body}.${this.#mark(purpose, body).toString("base64url")}`;
  }

  open(purpose: string, sealed: string | null | undefined): JsonObject | undefined {
    const [body = "", mark = "", ...rest] = (sealed ?? "").slice(0, MAX_SEALED).split(".");
    const given = Buffer.from(mark, "base64url");
    const expected = this.#mark(purpose, body);
    if (rest.length > 0 || given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
    const note: unknown = JSON.parse(Buffer.from(body, "base64url").toString());
    return isObject(note) ? note : undefined;
  }

  #mark(purpose: string, body: string): Buffer {
    return createHmac("sha256", this.#key).update(`${this.#owner}\0${purpose}\0${body}`).digest();
  }
}

type KeyFile = { key: string };

/** The key to seal with, made once and kept in the home: clients show what was sealed weeks ago. */
export function sealKey(home: string): Buffer {
  const path = join(placeIn(home, "oauth"), "seal.json");
  const fresh = randomBytes(32);
  try {
    if (createJsonFile(path, { key: fresh.toString("base64url") })) return fresh;
    const stored = readJsonFile<KeyFile>(path, isKeyFile);
    if (stored !== undefined) return Buffer.from(stored.key, "base64url");
    createJsonFile(path, { key: fresh.toString("base64url") });
  } catch (error) {
    // Logins then work until the proxy ends.
    warnOnce(error);
  }
  return fresh;
}

function isKeyFile(value: unknown): value is KeyFile {
  return isObject(value) && typeof value["key"] === "string" && value["key"].length >= 43;
}
