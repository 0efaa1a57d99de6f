import { expect, test, vi } from "vitest";
import { GuardError } from "../../src/core/errors.ts";
import type { Actions } from "../../src/tui/controller.ts";
import { sampleEvent, sampleEvents, samplePending } from "./sample.ts";
import { startApp } from "./start-app.tsx";

const ESC = "\u001B";
const many = Array.from({ length: 200 }, (_, index) =>
  sampleEvent({ id: `e${index}`, message: `event number ${index};` }),
);

/** The line the cursor stands in. */
function selected(frame: string): string {
  return frame.split("\n").find((line) => line.includes("▌")) ?? "";
}

test("an event appears while one watches", async () => {
  const { store, frame } = await startApp({ events: sampleEvents });
  store.add([sampleEvent({ id: "new", tool: "brand_new" })]);
  await vi.waitFor(() => expect(frame()).toContain("brand_new"));
});

test("the cursor follows the newest row and rests where a decision is wanted", async () => {
  const { store, frame, type } = await startApp({ events: sampleEvents });
  expect(selected(frame())).toContain("list_directory");
  store.setPending([samplePending]);
  await vi.waitFor(() => expect(selected(frame())).toContain("◆ HOLD"));
  await type("k");
  expect(selected(frame())).toContain("REDACT");
  expect(frame()).not.toContain("following");
  await type("f");
  expect(selected(frame())).toContain("◆ HOLD");
});

test("keys move through the rows, and the row one looks at stays", async () => {
  const { store, frame, type } = await startApp({ events: many });
  expect(selected(frame())).toContain("number 199;");
  await type("k", `${ESC}[A`);
  expect(selected(frame())).toContain("number 197;");
  await type(`${ESC}[5~`);
  expect(selected(frame())).toContain("number 180;");
  await type(" ", "j");
  expect(selected(frame())).toContain("number 198;");
  await type("g");
  expect(selected(frame())).toContain("number 0;");
  store.add([sampleEvent({ id: "late", message: "late" })]);
  await vi.waitFor(() => expect(frame()).toContain("of 201"));
  expect(selected(frame())).toContain("number 0;");
  await type("G");
  expect(selected(frame())).toContain("late");
});

test("pause holds the feed still and counts what comes", async () => {
  const { store, frame, type } = await startApp({ events: sampleEvents });
  await type("p");
  store.add([sampleEvent({ tool: "meanwhile" })]);
  await vi.waitFor(() => expect(frame()).toContain("paused, 1 new"));
  expect(frame()).not.toContain("meanwhile");
  await type("p");
  expect(frame()).toContain("meanwhile");
});

test("the filter works while it is typed; enter keeps it, esc clears it", async () => {
  const { frame, type } = await startApp({ events: sampleEvents });
  await type("/", "p", "o", "s", "t");
  expect(frame()).toContain("1 of 5 shown");
  expect(frame()).toContain("postgres");
  expect(frame()).not.toContain("github");
  await type("\u007F", "\u007F", "\u007F", "\u007F", "sev:high\r");
  expect(frame()).toContain("3 of 5 shown");
  await type("/", "nobody", "\r");
  expect(frame()).toContain("No event matches");
  await type(ESC);
  expect(frame()).toContain("1-5 of 5");
});

test("detail opens, scrolls, shows the raw event and goes back", async () => {
  const { frame, type } = await startApp({ events: sampleEvents });
  await type("g", "j", "\r");
  expect(frame()).toContain("ignore previous instructions");
  expect(frame()).toContain("prompt-injection/override");
  expect(frame()).toContain("Look at issue 42");
  await type("s");
  expect(frame()).toContain('"event_type": "prompt_injection"');
  await type("j", "j");
  expect(frame()).not.toContain('"v": 1');
  await type(ESC);
  expect(selected(frame())).toContain("BLOCK");
});

test("approve asks once; the decision is told", async () => {
  const decide = vi.fn<Actions["decide"]>(async () => "Approved: tool read_file.");
  const { frame, type } = await startApp({ events: sampleEvents, pending: [samplePending], decide });
  await type("a");
  expect(frame()).toContain("approve tool read_file of files?");
  expect(decide).not.toHaveBeenCalled();
  await type("x", "y");
  expect(decide).toHaveBeenCalledExactlyOnceWith(samplePending, "approve");
  expect(frame()).toContain("Approved: tool read_file.");
});

test("deny asks too, and no means no; both work in the detail, and keys sent at once are taken one by one", async () => {
  const decide = vi.fn<Actions["decide"]>(async () => "Denied.");
  const { frame, type } = await startApp({ events: sampleEvents, pending: [samplePending], decide });
  await type("d", "n");
  expect(frame()).toContain("Not denied.");
  await type("d", ESC);
  expect(decide).not.toHaveBeenCalled();
  await type("\rdy");
  expect(decide).toHaveBeenCalledExactlyOnceWith(samplePending, "deny");
});

test("a decision that another person made first is told", async () => {
  const error = new GuardError("ALREADY_DECIDED", "9f2c41d07b was denied at noon", "Look at mcpguard pending.");
  const decide = vi.fn<Actions["decide"]>().mockRejectedValue(error);
  const { frame, type } = await startApp({ columns: 120, events: sampleEvents, pending: [samplePending], decide });
  await type("a", "y");
  expect(frame()).toContain("was denied at noon. Look at mcpguard pending.");
});

test("a key that can do nothing says why", async () => {
  const { frame, type, store } = await startApp({ columns: 120, events: sampleEvents });
  await type("a");
  expect(frame()).toContain("only rows marked HOLD wait");
  store.setPending([samplePending]);
  await type("g", "d");
  expect(frame()).toContain("1 waits: w goes to the next");
  await type("w");
  expect(selected(frame())).toContain("◆ HOLD");
  store.setPending([]);
  await vi.waitFor(() => expect(frame()).not.toContain("◆ HOLD"));
  await type("a");
  expect(frame()).toContain("decided already");
});

test("copy, quit and Ctrl-C leave the app", async () => {
  const { type, copied, quits } = await startApp({ events: sampleEvents });
  await type("y", "/", "q", ESC, "q", "/", "\u0003");
  expect(copied.map((text) => JSON.parse(text))).toEqual([sampleEvents.at(-1)]);
  expect(quits()).toBe(2);
});
