import { listPending } from "../../../src/state/pending.ts";
import { decide } from "../../../src/state/decisions.ts";

/** Approves what waits in a home, once something does. */
export async function approveFirst(home: string): Promise<void> {
  for (;;) {
    const [item] = listPending(home);
    if (item !== undefined) return void decide(home, item.id, "approve", Date.now());
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
