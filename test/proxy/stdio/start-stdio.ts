import { rmSync } from "node:fs";
import { onTestFinished } from "vitest";
import { mountStdio, type Start, type Started } from "./mount-stdio.ts";

/** A stdio server offered over HTTP until the test ends, by default the commanded one, with a home of its own. */
export async function startStdio(start: Start = {}): Promise<Started> {
  const started = await mountStdio(start);
  onTestFinished(async () => {
    await started.close();
    rmSync(started.home, { recursive: true, force: true });
  });
  return started;
}
