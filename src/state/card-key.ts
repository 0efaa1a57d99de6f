import { createHash, generateKeyPairSync, type JsonWebKey } from "node:crypto";
import { join } from "node:path";
import { createJsonFile, openJsonFile } from "./json-file.ts";

export type CardKey = JsonWebKey & { kid: string };

/**
 * The private key with which agent cards are signed again after their addresses were changed, made
 * when it is first needed. The file is for its owner only. Throws GuardError where it cannot be
 * written or read.
 */
export function cardKey(home: string): CardKey {
  const path = join(home, "state", "card-key.json");
  const known = openJsonFile<CardKey | { kid: "" }>(path, { kid: "" }, isCardKey).data;
  if (isCardKey(known)) return known;
  createJsonFile(path, newKey());
  // Of two that make one at a time, the first counts.
  const made = openJsonFile<CardKey | { kid: "" }>(path, { kid: "" }, isCardKey).data;
  return isCardKey(made) ? made : newKey();
}

function newKey(): CardKey {
  const key = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ format: "jwk" });
  const kid = createHash("sha256").update(`${key.x} ${key.y}`).digest("base64url").slice(0, 16);
  return { ...key, kid };
}

function isCardKey(value: unknown): value is CardKey {
  return typeof value === "object" && value !== null && "d" in value && "kid" in value && value.kid !== "";
}
