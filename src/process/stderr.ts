import { writeSync } from "node:fs";
import { Writable } from "node:stream";

/**
 * Replaces `process.stderr`, which makes a pipe non-blocking as soon as anybody looks at it, and Node
 * looks whenever a socket closes: the server shares the pipe and would lose what does not fit.
 */
export function shareStderr(): void {
  const value = new Writable({
    write(chunk: Buffer, _encoding, done): void {
      write(chunk);
      done();
    },
  });
  Object.defineProperty(process, "stderr", { value, configurable: true });
}

/** Tells the person in front of the client. */
export function say(text: string): void {
  write(Buffer.from(`mcpguard: ${text}\n`));
}

function write(bytes: Buffer): void {
  try {
    writeSync(2, bytes);
  } catch {
    // Nobody listens, or not fast enough.
  }
}
