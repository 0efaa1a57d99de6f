/** Turns chunks of bytes into lines; what follows the last line end waits for the next chunk. */
export type LineSplitter = {
  push(bytes: Buffer): string[];
  /** The text after the last line end, which is then forgotten. */
  rest(): string;
};

const newline = 10;

/** A longer line is no event of ours: it is not kept, and a text that is no JSON stands in its place. */
const longestLine = 16 * 1024 * 1024;
const tooLong = Buffer.from("!");

export function createLineSplitter(): LineSplitter {
  let waiting = Buffer.alloc(0);

  function keep(bytes: Buffer): void {
    // A copy, because the reader may use its buffer again.
    waiting = Buffer.concat([waiting, bytes]);
    if (waiting.length > longestLine) waiting = tooLong;
  }

  function rest(): string {
    const text = waiting.toString("utf8");
    waiting = Buffer.alloc(0);
    return text;
  }

  function push(bytes: Buffer): string[] {
    const end = bytes.lastIndexOf(newline);
    if (end < 0) {
      keep(bytes);
      return [];
    }
    const whole = bytes.subarray(0, end);
    const text = waiting.length === 0 ? whole.toString("utf8") : Buffer.concat([waiting, whole]).toString("utf8");
    waiting = Buffer.from(bytes.subarray(end + 1));
    return text.split("\n");
  }

  return { push, rest };
}
