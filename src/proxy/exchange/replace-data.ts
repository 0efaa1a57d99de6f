import { fieldOf, linesOf } from "./event-lines.ts";
import type { StreamEvent } from "./event-reader.ts";

/** The event with other data, in one line: its id, name, retry and comments stay. */
export function replaceData(event: StreamEvent, data: Uint8Array): Buffer {
  const { bytes } = event;
  const kept: Uint8Array[] = [bytes.subarray(0, event.start)];
  let isPlaced = false;
  for (const { start, end, next } of linesOf(event)) {
    if (fieldOf(bytes, start, end).name !== "data") kept.push(bytes.subarray(start, next));
    else if (!isPlaced) {
      kept.push(dataLine(data));
      isPlaced = true;
    }
  }
  return Buffer.concat(kept);
}

/** An event that has only data. */
export function newEvent(data: Uint8Array, name = "message"): Buffer {
  return Buffer.concat([Buffer.from(`event: ${name}\n`), dataLine(data), Buffer.from("\n")]);
}

/** Within JSON, line ends are white space only. Read byte by byte, since not all need be UTF-8. */
function dataLine(data: Uint8Array): Buffer {
  const text = Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("latin1");
  return Buffer.from(`data: ${text.replace(/[\r\n]+/g, " ")}\n`, "latin1");
}
