import { join } from "node:path";
import { expect, test } from "vitest";
import { homeFolder, placeIn } from "../../src/state/home.ts";

test("MCPGUARD_HOME wins, and an empty one counts as absent", () => {
  expect(homeFolder({ MCPGUARD_HOME: "/elsewhere" }, "/home/a")).toBe("/elsewhere");
  expect(homeFolder({ MCPGUARD_HOME: "" }, "/home/a")).toBe(join("/home/a", ".mcpguard"));
  expect(homeFolder({}, "/home/a")).toBe(join("/home/a", ".mcpguard"));
});

test("the log stands directly in the home, all else below state", () => {
  expect(placeIn("/h", "log")).toBe(join("/h", "log"));
  expect(placeIn("/h", "pins")).toBe(join("/h", "state", "pins"));
});
