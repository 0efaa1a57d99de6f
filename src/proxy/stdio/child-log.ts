import { maskSecrets } from "../../detectors/secrets/mask-secrets.ts";
import { say } from "../../process/stderr.ts";

/** Lines that a server may write to its log per second, in the long run and at once. */
const RATE = 20;
const BURST = 200;

/** What a server writes to its standard error, on the proxy's own: without secrets and controls, and not without end. */
export function childLog(name: string, write: (text: string) => void = say, now = Date.now): (line: string) => void {
  let credit = BURST;
  let last = now();
  let left = 0;
  return (line) => {
    credit = Math.min(BURST, credit + ((now() - last) / 1000) * RATE);
    last = now();
    if (credit < 1) {
      left++;
      return;
    }
    if (left > 0) write(`${name}: (${left} lines left out)`);
    left = 0;
    credit--;
    write(`${name}: ${maskSecrets(withoutControls(line))}`);
  };
}

/** A server must not move the cursor of whoever reads the log. */
function withoutControls(line: string): string {
  return line.replace(/[\p{Cc}\u2028\u2029]/gu, " ");
}
