const CR = 0x0d;
const LF = 0x0a;
const SPACE = 0x20;

/**
 * A message as one line, for a server's input and for events: in JSON line ends stand only between
 * tokens. A byte order mark, which readers of lines do not accept, goes.
 */
export function oneLine(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (bytes[end - 1] === LF || bytes[end - 1] === CR) end--;
  const line = bytes.subarray(bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0, end);
  if (!line.includes(LF) && !line.includes(CR)) return line;
  return line.map((byte) => (byte === LF || byte === CR ? SPACE : byte));
}
