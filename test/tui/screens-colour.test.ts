import { expect, test, vi } from "vitest";
import { drawScreens } from "./draw-screens.ts";
import { sampleEvents, samplePending } from "./sample.ts";
import { startApp } from "./start-app.tsx";

// Ink reads it when it is loaded.
vi.hoisted(() => {
  process.env["FORCE_COLOR"] = "1";
});

drawScreens("ansi");

test("no foreground is yellow, white or black", async () => {
  const { frame, type } = await startApp({ events: sampleEvents, pending: [samplePending] });
  for (const keys of [[], ["\r"], ["?"]]) {
    await type(...keys);
    expect(frame()).not.toMatch(/\u001B\[(?:\d+;)*(?:30|33|37|90|93|97)m/);
  }
});
