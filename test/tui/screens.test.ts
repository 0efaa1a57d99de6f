import { expect, test, vi } from "vitest";
import { drawScreens } from "./draw-screens.ts";
import { sampleEvents } from "./sample.ts";
import { startApp } from "./start-app.tsx";

// What bin/mcpguard.js sets for NO_COLOR; Ink reads it when it is loaded.
vi.hoisted(() => {
  process.env["FORCE_COLOR"] = "0";
});

drawScreens("txt");

test("without colour no escape sequence is drawn, and the verdict is still told by glyph and word", async () => {
  const { frame } = await startApp({ events: sampleEvents });
  expect(frame()).not.toContain("\u001B");
  expect(frame()).toContain("■ BLOCK");
});

test("without Unicode every screen is ASCII", async () => {
  const { frame, type } = await startApp({ events: sampleEvents, unicode: false });
  for (const keys of [[], ["\r"], ["?"], ["\u001B", "\u001B"], ["/nothing of the kind"]]) {
    await type(...keys);
    expect(frame()).toMatch(/^[\n -~]+$/);
  }
});
