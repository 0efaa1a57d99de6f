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

it("opens at the fifth failure in a row for 30 s, exactly", () => {
  const circuit = opened(1000);
  expect(circuit.state(1000)).toBe("open");
  expect(circuit.retryAfter(1000)).toBe(30);
  expect(circuit.retryAfter(1000 + 29.5 * second)).toBe(1);
  expect(circuit.admits(1000 + 30 * second - 1)).toBe(false);
  expect(circuit.state(1000 + 30 * second)).toBe("half-open");
});

it("lets one request try after that, and all of them once it succeeded", () => {
  const circuit = opened(0);
  const now = 30 * second;
  expect(circuit.admits(now)).toBe(true);
  expect(circuit.admits(now)).toBe(false);
  circuit.succeeded();
  expect(circuit.state(now)).toBe("closed");
  expect(circuit.admits(now)).toBe(true);
  expect(circuit.admits(now)).toBe(true);
});

it("is open for another 30 s when the try failed", () => {
  const circuit = opened(0);
  const now = 31 * second;
  expect(circuit.admits(now)).toBe(true);
  circuit.failed(now);
  expect(circuit.state(now)).toBe("open");
  expect(circuit.admits(now + 29 * second)).toBe(false);
  expect(circuit.admits(now + 30 * second)).toBe(true);
});

it("lets another try when the caller of the first went away, or nothing was heard of it", () => {
  const circuit = opened(0);
  const now = 30 * second;
  expect(circuit.admits(now)).toBe(true);
  circuit.abandoned();
  expect(circuit.admits(now)).toBe(true);
  expect(circuit.admits(now + 29 * second)).toBe(false);
  expect(circuit.retryAfter(now + 29 * second)).toBe(1);
  expect(circuit.admits(now + 30 * second)).toBe(true);
});
