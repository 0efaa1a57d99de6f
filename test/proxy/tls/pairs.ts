import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generate } from "selfsigned";
import { onTestFinished } from "vitest";
import type { PairPaths } from "../../../src/proxy/tls/load-pair.ts";

/** A new certificate for localhost and its key, PEM. */
export function newPair(name = "localhost"): Promise<{ cert: string; private: string }> {
  return generate([{ name: "commonName", value: name }], { keySize: 2048, algorithm: "sha256" });
}

/** A folder with a new pair, removed when the test ends. */
export async function pairOnDisk(name?: string): Promise<PairPaths & { folder: string; cert: string }> {
  const folder = mkdtempSync(join(tmpdir(), "tls-pair-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const pair = await newPair(name);
  const paths = { certPath: join(folder, "cert.pem"), keyPath: join(folder, "key.pem") };
  writeFileSync(paths.certPath, pair.cert);
  writeFileSync(paths.keyPath, pair.private);
  return { ...paths, folder, cert: pair.cert };
}
