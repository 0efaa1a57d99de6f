import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { createSecureContext } from "node:tls";
import { errorCode, GuardError } from "../../core/errors.ts";

export type PairPaths = { certPath: string; keyPath: string };

/** A certificate, with those that vouch for it, and its private key; both PEM. */
export type TlsPair = { cert: Buffer; key: Buffer };

/**
 * Reads a certificate and its key and checks that they are usable together. Throws GuardError TLS_UNREADABLE or
 * TLS_INVALID, naming the file.
 */
export function loadPair({ certPath, keyPath }: PairPaths): TlsPair {
  const pair = { cert: read(certPath, "certificate"), key: read(keyPath, "private key") };
  const certificate = attempt(() => new X509Certificate(pair.cert), certPath, "is no PEM certificate");
  const key = attempt(() => createPrivateKey(pair.key), keyPath, "is no PEM private key without a passphrase");
  if (!certificate.checkPrivateKey(key)) throw invalid(`${keyPath} is not the private key of ${certPath}`);
  // A chain broken further down shows only here.
  attempt(() => createSecureContext(pair), certPath, "cannot be used for TLS");
  return pair;
}

/** What a person should know about a usable certificate; undefined where there is nothing. */
export function pairWarning(pair: TlsPair, now: number): string | undefined {
  const { validFrom, validTo } = new X509Certificate(pair.cert);
  if (Date.parse(validTo) < now) return `the TLS certificate ended on ${validTo}`;
  return Date.parse(validFrom) > now ? `the TLS certificate only begins on ${validFrom}` : undefined;
}

function read(path: string, what: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new GuardError(
      "TLS_UNREADABLE",
      `The TLS ${what} ${path} cannot be read (${errorCode(error) || "unknown error"})`,
      "Check that the file exists and that you may read it.",
      error,
    );
  }
}

function attempt<T>(work: () => T, path: string, problem: string): T {
  try {
    return work();
  } catch (error) {
    throw invalid(`${path} ${problem}`, error);
  }
}

function invalid(message: string, cause?: unknown): GuardError {
  return new GuardError("TLS_INVALID", message, "Give the PEM files of one certificate and its own key.", cause);
}
