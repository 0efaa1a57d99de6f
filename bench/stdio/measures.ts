import type { Peer } from "./peer.ts";

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Milliseconds from starting the command to the answer to `initialize`. */
export async function coldStart(start: () => Peer): Promise<number> {
  const began = performance.now();
  const peer = start();
  await peer.call("initialize", {
    protocolVersion: "2025-11-25",
    capabilities: {},
    clientInfo: { name: "bench", version: "1" },
  });
  const took = performance.now() - began;
  await peer.close();
  return took;
}

/** Median round trip of a call whose answer has `size` characters, in microseconds. */
export async function roundTrip(peer: Peer, calls: number, size?: number): Promise<number> {
  const times: number[] = [];
  for (let count = 0; count < calls; count++) {
    const began = performance.now();
    await peer.tool(size === undefined ? { text: `message ${count}` } : { size });
    times.push((performance.now() - began) * 1000);
  }
  return median(times);
}

/** Calls per second with 64 in flight. */
export async function throughput(peer: Peer, calls: number): Promise<number> {
  let left = calls;
  const began = performance.now();
  const lane = async (): Promise<void> => {
    while (left-- > 0) await peer.tool({ text: `message ${left}` });
  };
  await Promise.all(Array.from({ length: 64 }, lane));
  return (calls / (performance.now() - began)) * 1000;
}
