import { statSync } from "node:fs";
import type { Server } from "node:tls";
import { loadPair, type PairPaths, type TlsPair } from "./load-pair.ts";

const EVERY_MS = 1000;

/** Of a server whose certificate is `pair`. Only HTTP/1.1 is spoken, whatever a client would like better. */
export function tlsOptions(pair: TlsPair): TlsPair & { minVersion: "TLSv1.2"; ALPNProtocols: string[] } {
  return { ...pair, minVersion: "TLSv1.2", ALPNProtocols: ["http/1.1"] };
}

/**
 * Gives new connections the new certificate once its files have changed and fit together; open ones stay. Two files
 * cannot be replaced at once: `onError` hears of a pair that does not fit only when it stays so. Returns a stop.
 */
export function followPair(
  paths: PairPaths,
  server: Pick<Server, "setSecureContext">,
  { onChange, onError, everyMs = EVERY_MS }: { onChange(): void; onError(error: unknown): void; everyMs?: number },
): () => void {
  let used = stampOf(paths);
  let failed = "";
  let reported = "";

  const timer = setInterval(() => {
    const stamp = stampOf(paths);
    if (stamp === used || stamp === reported) return;
    try {
      server.setSecureContext(tlsOptions(loadPair(paths)));
      used = stamp;
      reported = "";
      onChange();
    } catch (error) {
      if (stamp === failed) {
        reported = stamp;
        onError(error);
      }
      failed = stamp;
    }
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}

function stampOf({ certPath, keyPath }: PairPaths): string {
  return `${stampOfFile(certPath)} ${stampOfFile(keyPath)}`;
}

function stampOfFile(path: string): string {
  try {
    const { ino, size, mtimeMs, ctimeMs } = statSync(path);
    return [ino, size, mtimeMs, ctimeMs].join();
  } catch {
    return "none";
  }
}
