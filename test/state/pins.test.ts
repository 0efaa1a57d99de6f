import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Definition } from "../../src/core/memory.ts";
import { placeIn } from "../../src/state/home.ts";
import { addPins, peekPins, readPins, replacePin } from "../../src/state/pins.ts";
import { runWorker } from "./run-worker.ts";
import { temporaryHome } from "./temporary-home.ts";

const tool = (name: string, form: string): Definition => ({ kind: "tool", name, form });

test("the first form stays pinned until it is replaced", () => {
  const home = temporaryHome();
  expect(readPins(home, "k")).toEqual(new Map());
  addPins(home, "k", [tool("a", "1"), { kind: "prompt", name: "a", form: "p" }]);
  expect(addPins(home, "k", [tool("a", "2"), tool("b", "1")]).get("tool:a")).toBe("1");
  replacePin(home, "k", tool("a", "2"));
  expect(readPins(home, "k")).toEqual(
    new Map([
      ["tool:a", "2"],
      ["prompt:a", "p"],
      ["tool:b", "1"],
    ]),
  );
  expect(readPins(home, "other")).toEqual(new Map());
});

test("a mere look changes nothing: the guard still learns of the damage", () => {
  const home = temporaryHome();
  expect(peekPins(home, "k")).toEqual(new Map());
  addPins(home, "k", [tool("a", "1")]);
  expect(peekPins(home, "k")).toEqual(new Map([["tool:a", "1"]]));
  writeFileSync(join(placeIn(home, "pins"), "k.json"), "{ damaged");
  expect(peekPins(home, "k")).toBeUndefined();
  expect(() => readPins(home, "k")).toThrow(/is damaged/);
});

test("names that mean something to JavaScript are names like others", () => {
  const home = temporaryHome();
  addPins(home, "k", [tool("__proto__", "1"), tool("", "2"), { kind: "instructions", name: "constructor", form: "3" }]);
  expect(readPins(home, "k")).toEqual(
    new Map([
      ["tool:__proto__", "1"],
      ["tool:", "2"],
      ["instructions:constructor", "3"],
    ]),
  );
});

test("known definitions cause no write", () => {
  const home = temporaryHome();
  addPins(home, "k", [tool("a", "1")]);
  writeFileSync(join(placeIn(home, "pins"), "k.json.lock"), `${process.pid} elsewhere 1`);
  expect(addPins(home, "k", [tool("a", "2")]).get("tool:a")).toBe("1");
});

test("a damaged pin file is reported, not taken for a first sight in silence", () => {
  const home = temporaryHome();
  addPins(home, "k", [tool("a", "1")]);
  writeFileSync(join(placeIn(home, "pins"), "k.json"), '{"v":1,"pins":{"tool:a":7}}');
  expect(() => readPins(home, "k")).toThrow(expect.objectContaining({ code: "STATE_CORRUPT" }));
  expect(readPins(home, "k")).toEqual(new Map());
});

test("four shims that pin at once lose nothing and agree on every first form", async () => {
  const home = temporaryHome();
  await Promise.all(["w1", "w2", "w3", "w4"].map((writer) => runWorker("add-pins", home, "k", writer)));
  const pins = readPins(home, "k");
  expect(pins.size).toBe(25 * 5);
  for (const writer of ["w1", "w2", "w3", "w4"]) expect(pins.get(`tool:own-${writer}-24`)).toBe(writer);
  expect(readdirSync(placeIn(home, "pins"))).toEqual(["k.json"]);
});
