import type { Readable } from "node:stream";

/** Characters; what a program writes beyond is not kept. */
const MAX_LINE = 2000;

/** Reads a program's standard error line by line, as fast as it comes; long lines are cut. */
export function errorLines(stream: Readable, onLine: (line: string) => void): void {
  let line = "";
  const take = (text: string): void => {
    const parts = text.split(/\r?\n/);
    const last = parts.pop() ?? "";
    for (const part of parts) {
      const whole = (line + part).slice(0, MAX_LINE);
      line = "";
      if (whole !== "") onLine(whole);
    }
    line = (line + last).slice(0, MAX_LINE);
  };
  stream.setEncoding("utf8");
  stream.on("error", () => {});
  stream.on("data", take);
  stream.once("end", () => take("\n"));
}
