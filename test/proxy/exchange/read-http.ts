/** One HTTP/1.1 message as it stood on the wire; header texts are bytes (ISO 8859-1). */
export type HttpMessage = {
  /** The words of the first line. */
  start: readonly [string, string, string];
  headers: readonly (readonly [name: string, value: string])[];
  /** Without the chunks' framing. */
  body: Buffer;
  /** The chunks as they were framed. */
  chunks: readonly Buffer[];
  /** Bytes of the whole message. */
  length: number;
};

export function headerOf({ headers }: Pick<HttpMessage, "headers">, name: string): string | undefined {
  return headers.find(([each]) => each.toLowerCase() === name)?.[1];
}

/** Splits off the message that `bytes` begin with; undefined while it is not whole. `isEnd`: nothing more will come. */
export function readHttp(
  bytes: Buffer,
  isEnd: boolean,
  hasBody: (head: HttpMessage) => boolean,
): HttpMessage | undefined {
  const end = bytes.indexOf("\r\n\r\n");
  if (end === -1) return undefined;
  const [first = "", ...lines] = bytes.toString("latin1", 0, end).split("\r\n");
  const [one = "", two = "", ...rest] = first.split(" ");
  const headers = lines.map((line) => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon), line.slice(colon + 1).trim()] as const;
  });
  const from = end + 4;
  const head: HttpMessage = {
    start: [one, two, rest.join(" ")],
    headers,
    body: Buffer.alloc(0),
    chunks: [],
    length: from,
  };
  if (!hasBody(head)) return head;
  if (/chunked/i.test(headerOf(head, "transfer-encoding") ?? "")) return withChunks(head, bytes);
  const length = headerOf(head, "content-length");
  if (length === undefined) return isEnd ? { ...head, body: bytes.subarray(from), length: bytes.length } : undefined;
  const until = from + Number(length);
  return bytes.length < until ? undefined : { ...head, body: bytes.subarray(from, until), length: until };
}

function withChunks(head: HttpMessage, bytes: Buffer): HttpMessage | undefined {
  const { chunks, length } = readChunks(bytes, head.length);
  return length === undefined ? undefined : { ...head, body: Buffer.concat(chunks), chunks, length };
}

/** The chunks that are whole; `length` is where they end, undefined while they do not. */
function readChunks(bytes: Buffer, from: number): { chunks: Buffer[]; length: number | undefined } {
  const chunks: Buffer[] = [];
  for (let at = from; ;) {
    const line = bytes.indexOf("\r\n", at);
    const size = line === -1 ? 0 : Number.parseInt(bytes.toString("latin1", at, line), 16);
    if (Number.isNaN(size)) throw new Error(`no chunk: ${bytes.toString("latin1", at, at + 40)}`);
    at = line + 2 + size + 2;
    if (line === -1 || at > bytes.length) return { chunks, length: undefined };
    if (size === 0) return { chunks, length: at };
    chunks.push(bytes.subarray(line + 2, line + 2 + size));
  }
}

/** What has come so far of a body in chunks. */
export function bodySoFar(bytes: Buffer): Buffer {
  const end = bytes.indexOf("\r\n\r\n");
  return end === -1 ? Buffer.alloc(0) : Buffer.concat(readChunks(bytes, end + 4).chunks);
}
