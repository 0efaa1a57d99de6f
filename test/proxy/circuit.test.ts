import { expect, it } from "vitest";
import { Circuit } from "../../src/proxy/circuit.ts";

const second = 1000;

function opened(at: number): Circuit {
  const circuit = new Circuit();
  for (let count = 0; count < 5; count++) circuit.failed(at);
  return circuit;
}

it("stays closed through four failures in a row, however often", () => {
  const circuit = new Circuit();
  for (let round = 0; round < 10; round++) {
    for (let count = 0; count < 4; count++) circuit.failed(round);
    expect(circuit.admits(round)).toBe(true);
    circuit.succeeded();
  }
  expect(circuit.state(10)).toBe("closed");
  expect(circuit.retryAfter(10)).toBe(0);
});

it("opens at the fifth failure in a row for a second, exactly", () => {
  const circuit = opened(1000);
  expect(circuit.state(1000)).toBe("open");
  expect(circuit.retryAfter(1000)).toBe(1);
  expect(circuit.admits(2 * second - 1)).toBe(false);
  expect(circuit.state(2 * second)).toBe("half-open");
});

it("calls that fail while it is open change nothing", () => {
  const circuit = opened(0);
  for (let count = 0; count < 64; count++) circuit.failed(500);
  expect(circuit.state(second)).toBe("half-open");
});

it("lets one request try after that, and all of them once it succeeded", () => {
  const circuit = opened(0);
  expect(circuit.admits(second)).toBe(true);
  expect(circuit.admits(second)).toBe(false);
  circuit.succeeded();
  expect(circuit.state(second)).toBe("closed");
  expect(circuit.admits(second)).toBe(true);
  expect(circuit.admits(second)).toBe(true);
});

it("waits twice as long after each try that failed, up to 30 s, and a second again after a success", () => {
  const circuit = opened(0);
  let now = second;
  const waits: number[] = [];
  for (let round = 0; round < 7; round++) {
    expect(circuit.admits(now)).toBe(true);
    circuit.failed(now);
    waits.push(circuit.retryAfter(now));
    now += (waits.at(-1) ?? 0) * second;
  }
  expect(waits).toEqual([2, 4, 8, 16, 30, 30, 30]);
  circuit.succeeded();
  for (let count = 0; count < 5; count++) circuit.failed(now);
  expect(circuit.retryAfter(now)).toBe(1);
});

it("lets another try when the caller of the first went away, or nothing was heard of it", () => {
  const circuit = opened(0);
  expect(circuit.admits(second)).toBe(true);
  circuit.abandoned();
  expect(circuit.admits(second)).toBe(true);
  expect(circuit.admits(30 * second)).toBe(false);
  expect(circuit.retryAfter(30 * second)).toBe(1);
  expect(circuit.admits(31 * second)).toBe(true);
});
