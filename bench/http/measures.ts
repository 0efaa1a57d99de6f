import { get } from "node:http";
import { Session } from "./session.ts";

/** The value below which this part of all lies. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

export type Load = { calls: number; perSecond: number; p50: number; p99: number };

/** Calls without a pause in so many sessions at once; times in microseconds. */
export async function load(url: string, sessions: number, milliseconds: number): Promise<Load> {
  const open = Array.from({ length: sessions }, () => new Session(url));
  await Promise.all(open.map((session) => session.open()));
  const times: number[] = [];
  const began = performance.now();
  const until = began + milliseconds;
  const lane = async (session: Session): Promise<void> => {
    for (let now = performance.now(); now < until;) {
      await session.call({ text: `message ${times.length}` });
      const then = performance.now();
      times.push((then - now) * 1000);
      now = then;
    }
  };
  await Promise.all(open.map(lane));
  const took = performance.now() - began;
  for (const session of open) session.close();
  return {
    calls: times.length,
    perSecond: (times.length / took) * 1000,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
  };
}

/** Median time of calls whose answers have `size` characters, in microseconds. */
export async function roundTrip(url: string, calls: number, size: number): Promise<number> {
  const session = new Session(url);
  await session.open();
  await session.call({ size });
  const times: number[] = [];
  for (let count = 0; count < calls; count++) {
    const began = performance.now();
    await session.call({ size });
    times.push((performance.now() - began) * 1000);
  }
  session.close();
  return quantile(times, 0.5);
}

/** Median time from the sending of an event to its arrival, in microseconds. */
export function eventDelay(url: string, events: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const delays: number[] = [];
    const request = get(`${url}/mcp`, { headers: { accept: "text/event-stream" } }, (response) => {
      response.on("data", (chunk: Buffer) => {
        const now = process.hrtime.bigint();
        for (const [, sent = "0"] of chunk.toString().matchAll(/"data":"(\d+)"/g))
          delays.push(Number(now - BigInt(sent)) / 1000);
        if (delays.length < events) return;
        request.destroy();
        resolve(quantile(delays, 0.5));
      });
    });
    request.on("error", (error) => (delays.length < events ? reject(error) : undefined));
  });
}
