import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { GuardError } from "../../../src/core/errors.ts";
import { loadPair, pairWarning, type PairPaths } from "../../../src/proxy/tls/load-pair.ts";
import { pairOnDisk } from "./pairs.ts";

function refusalOf(paths: PairPaths): GuardError {
  try {
    loadPair(paths);
  } catch (error) {
    if (error instanceof GuardError) return error;
    throw error;
  }
  throw new Error("loaded without an error");
}

it("reads a certificate and its key", async () => {
  const pair = await pairOnDisk();
  expect(loadPair(pair).cert.toString()).toBe(pair.cert);
});

it("refuses the key of another certificate, naming both files", async () => {
  const [one, other] = [await pairOnDisk(), await pairOnDisk()];
  const error = refusalOf({ certPath: one.certPath, keyPath: other.keyPath });
  expect(error.code).toBe("TLS_INVALID");
  expect(error.message).toContain(one.certPath);
  expect(error.message).toContain(other.keyPath);
});

it.each([
  ["a missing certificate", "cert.pem", undefined, "TLS_UNREADABLE"],
  ["a missing key", "key.pem", undefined, "TLS_UNREADABLE"],
  ["a certificate that is none", "cert.pem", "hello", "TLS_INVALID"],
  ["a key that is none", "key.pem", "hello", "TLS_INVALID"],
  ["an empty key", "key.pem", "", "TLS_INVALID"],
])("refuses %s, naming the file", async (_, name, text, code) => {
  const pair = await pairOnDisk();
  const path = join(pair.folder, text === undefined ? `no-${name}` : name);
  if (text !== undefined) writeFileSync(path, text);
  const error = refusalOf({ ...pair, [name === "cert.pem" ? "certPath" : "keyPath"]: path });
  expect(error.code).toBe(code);
  expect(error.message).toContain(path);
  expect(error.message).not.toContain("hello");
});

it("refuses the two files in the wrong order", async () => {
  const pair = await pairOnDisk();
  const swapped = join(pair.folder, "swapped.pem");
  copyFileSync(pair.keyPath, swapped);
  expect(refusalOf({ certPath: swapped, keyPath: pair.certPath }).code).toBe("TLS_INVALID");
});

it("warns of a certificate that ended or has not begun", async () => {
  const pair = loadPair(await pairOnDisk());
  const year = 366 * 24 * 3600 * 1000;
  expect(pairWarning(pair, Date.now())).toBeUndefined();
  expect(pairWarning(pair, Date.now() + 3 * year)).toMatch(/ended on/);
  expect(pairWarning(pair, Date.now() - year)).toMatch(/only begins on/);
});
