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
export function newEvent(data: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from("event: message\n"), dataLine(data), Buffer.from("\n")]);
}

/** Within JSON, line ends are white space only. */
function dataLine(data: Uint8Array): Buffer {
  return Buffer.from(
    `data: ${Buffer.from(data)
      .toString()
      .replace(/[\r\n]+/g, " ")}\n`,
  );
}
