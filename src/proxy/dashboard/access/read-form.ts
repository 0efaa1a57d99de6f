import type { IncomingMessage } from "node:http";

const longest = 4096;

/** The fields of a posted form; undefined for anything else, and for one that is too long. */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams | undefined> {
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(request.headers["content-type"] ?? "")) return undefined;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    // Read to its end all the same, so that the sender hears the answer.
    if (length <= longest) chunks.push(chunk);
  }
  return length > longest ? undefined : new URLSearchParams(Buffer.concat(chunks).toString("utf8"));
}
