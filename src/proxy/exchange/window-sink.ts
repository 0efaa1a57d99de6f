import { detectorGate } from "../../detectors/gate.ts";
import { LongLine } from "../../session/long-line.ts";
import type { Exchange } from "./exchange.ts";
import { responseHeaders } from "./headers.ts";
import { newEvent } from "./replace-data.ts";
import type { Head, Sink } from "./upstream.ts";

/** A body above `max_inspect_size`: read in windows while it goes on, or refused where it must be read whole. */
export function windowSink(exchange: Exchange, head: Head): Sink {
  const { client } = exchange;
  const isRefused = exchange.session.guard.mustRead("to-client", exchange.pending);
  const long = longBody(exchange, (bytes) => client.write(bytes));
  client.begin(head.status, responseHeaders(head.headers, isRefused));
  return {
    onChunk: (chunk) => long.push(chunk),
    onEnd: () => {
      long.end();
      client.end();
    },
    onFailure: () => client.breakOff(),
  };
}

/** Likewise an event; a refusal is an event of its own. */
export function longEvent(exchange: Exchange): Pick<LongLine, "push" | "end"> {
  const { client, session, pending } = exchange;
  const isRefused = session.guard.mustRead("to-client", pending);
  const long = longBody(exchange, (bytes) => client.write(isRefused ? newEvent(bytes) : bytes));
  let isInData = !isRefused;
  return {
    push: (part) => {
      const at = isInData ? -1 : part.indexOf("data:");
      isInData ||= at !== -1;
      long.push(at === -1 ? part : part.subarray(at + "data:".length));
    },
    end: () => long.end(),
  };
}

/** A message from the server that is too long to be held. */
function longBody({ session, pending }: Exchange, forward: (bytes: Buffer) => void): LongLine {
  return new LongLine({
    guard: session.guard,
    gate: detectorGate(),
    direction: "to-client",
    pending,
    record: (outcome) => session.recorder.record(outcome),
    forward,
    answer: () => {},
  });
}
