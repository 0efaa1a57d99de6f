import type { Transform } from "node:stream";
import type { ClientSide } from "./client-side.ts";
import type { Sink } from "./upstream.ts";

/** Decodes a body bit by bit for `sink`. While the client is slow neither the upstream nor the decoder goes on. */
export function decodedSink(decoder: Transform, client: ClientSide, sink: Sink): Sink {
  const { flow } = client;
  if (flow !== undefined) {
    client.flow = {
      pause: () => {
        decoder.pause();
        flow.pause();
      },
      resume: () => {
        decoder.resume();
        flow.resume();
      },
      abort: () => flow.abort(),
    };
  }
  decoder.on("data", (chunk: Buffer) => sink.onChunk(chunk));
  decoder.on("drain", () => {
    if (!decoder.isPaused()) flow?.resume();
  });
  decoder.once("end", () => sink.onEnd());
  decoder.once("error", (error) => sink.onFailure(error));
  return {
    onChunk: (chunk) => {
      if (!decoder.write(chunk)) flow?.pause();
    },
    onEnd: () => void decoder.end(),
    onFailure: (error) => void decoder.destroy(error),
  };
}
