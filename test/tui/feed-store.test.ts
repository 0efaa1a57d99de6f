import { setTimeout as pause } from "node:timers/promises";
import { afterEach, expect, test, vi } from "vitest";
import { createFeedStore } from "../../src/tui/feed-store.ts";
import { sampleEvent, sampleEvents, samplePending } from "./sample.ts";

afterEach(() => {
  vi.useRealTimers();
});

test("many events in a tick are one change", () => {
  vi.useFakeTimers();
  const store = createFeedStore();
  const listener = vi.fn<() => void>();
  store.subscribe(listener);
  for (let index = 0; index < 500; index++) store.add([sampleEvent({ id: `e${index}` })]);
  vi.advanceTimersByTime(99);
  expect(listener).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(listener).toHaveBeenCalledTimes(1);
  expect(store.feed().rows).toHaveLength(500);
});

test("only the newest are kept, and all are counted", () => {
  vi.useFakeTimers();
  const store = createFeedStore({ capacity: 3 });
  for (const id of ["a", "b", "c", "d"]) store.add([sampleEvent({ id })]);
  vi.advanceTimersByTime(100);
  store.add([sampleEvent({ id: "e" })]);
  vi.advanceTimersByTime(100);
  expect(store.feed().rows.map(({ id }) => id)).toEqual(["c", "d", "e"]);
  expect(store.feed().seen).toBe(5);
});

test("what waits without an event has a row at its time; with one it has only that", async () => {
  const store = createFeedStore({ tickMs: 1 });
  const lost = { ...samplePending, id: "lost", since: "2026-11-22T14:02:11.500Z" };
  store.add(sampleEvents);
  store.setPending([samplePending, lost]);
  await pause(10);
  expect(store.feed().rows.map(({ pending }) => pending)).toEqual([
    undefined,
    "lost",
    undefined,
    undefined,
    samplePending.id,
    undefined,
  ]);
  store.setPending([samplePending]);
  await pause(10);
  expect(store.feed().rows).toHaveLength(5);
});

test("a listing that brings nothing new is no change", () => {
  vi.useFakeTimers();
  const store = createFeedStore();
  const listener = vi.fn<() => void>();
  store.subscribe(listener);
  store.setPending([samplePending]);
  vi.advanceTimersByTime(100);
  store.setPending([{ ...samplePending }]);
  vi.advanceTimersByTime(100);
  expect(listener).toHaveBeenCalledTimes(1);
});

test("events of other versions and edited logs do no harm", () => {
  vi.useFakeTimers();
  const store = createFeedStore();
  const odd = JSON.parse(
    '{"timestamp":"soon","event_type":7,"severity":null,"message":{"a":1},"id":5,"direction":"up"}',
  );
  store.add([odd]);
  vi.advanceTimersByTime(100);
  expect(store.feed().rows[0]).toMatchObject({ at: 0, type: "", severity: "", what: "", id: "", server: "" });
});
