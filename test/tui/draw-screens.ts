import { expect, test } from "vitest";
import { sampleEvents, samplePending } from "./sample.ts";
import { startApp } from "./start-app.tsx";

const sizes = [
  [80, 24],
  [120, 40],
] as const;

const screens = {
  feed: { events: sampleEvents, keys: [] },
  detail: { events: sampleEvents, keys: ["\r"] },
  help: { events: sampleEvents, keys: ["?"] },
  empty: { events: [], keys: [] },
} as const;

/** Compares every screen in both sizes with its picture in `snapshots/`. */
export function drawScreens(ending: "txt" | "ansi"): void {
  for (const [name, { events, keys }] of Object.entries(screens)) {
    for (const [columns, rows] of sizes) {
      test(`${name} at ${columns}x${rows}`, async () => {
        const pending = events.length > 0 ? [samplePending] : [];
        const { frame, type } = await startApp({ columns, rows, events, pending });
        await type(...keys);
        await expect(`${frame()}\n`).toMatchFileSnapshot(`snapshots/${name}-${columns}x${rows}.${ending}`);
        expect(frame().split("\n").length).toBeLessThan(rows);
      });
    }
  }
}
