import { lookup, type LookupAddress } from "node:dns";
import type { LookupFunction } from "node:net";
import { Agent, request, type Dispatcher } from "undici";
import type { FetchLike } from "@modelcontextprotocol/client";
import { errorCode } from "../../core/errors.ts";
import { objectionToAddress, objectionToResolved } from "./objection-to-address.ts";

/** Bytes an answer may have, and milliseconds it may take. */
const MAX_ANSWER = 1024 * 1024;
const PATIENCE = 15_000;

/** What comes of a request that was not answered; the SDK passes TypeErrors on rather than ask elsewhere. */
export class NoAnswer extends TypeError {
  override readonly name = "NoAnswer";
}

/**
 * A fetch for the addresses that `upstream` names for logins: bounded in size and time, follows no redirect, and asks
 * nothing that `objectionToAddress` objects to. Rejects with NoAnswer, whose message is for a person.
 */
export function boundedFetch(upstream: URL): FetchLike {
  return async (input, init = {}) => {
    const url = new URL(input);
    const objection = objectionToAddress(url, upstream);
    if (objection !== undefined) throw new NoAnswer(`it names ${url.origin}, ${objection}`);
    const dispatcher = new Agent({ connect: { lookup: guardedLookup(url, upstream) } });
    try {
      return await ask(url, init, dispatcher);
    } catch (error) {
      if (error instanceof NoAnswer) throw error;
      const code = error instanceof Error ? errorCode(error) || error.name : "";
      throw new NoAnswer(`${url.origin} does not answer (${code})`, { cause: error });
    } finally {
      void dispatcher.destroy();
    }
  };
}

async function ask(url: URL, init: RequestInit, dispatcher: Dispatcher): Promise<Response> {
  const answer = await request(url, {
    dispatcher,
    method: init.method === "POST" ? "POST" : "GET",
    headers: Object.fromEntries(new Headers(init.headers)),
    body: init.body instanceof URLSearchParams ? init.body.toString() : textOf(init.body),
    signal: AbortSignal.timeout(PATIENCE),
  });
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of answer.body) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > MAX_ANSWER) throw new NoAnswer(`${url.origin} answers with more than ${MAX_ANSWER} bytes`);
    chunks.push(bytes);
  }
  const headers = new Headers();
  for (const [name, value] of Object.entries(answer.headers)) headers.set(name, String(value));
  const hasNoBody = [101, 204, 205, 304].includes(answer.statusCode);
  return new Response(hasNoBody ? null : Buffer.concat(chunks), { status: answer.statusCode, headers });
}

function textOf(body: RequestInit["body"]): string | null {
  return typeof body === "string" ? body : null;
}

/** A name may lead where an address may not. */
function guardedLookup(url: URL, upstream: URL): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, options, (error, address: string | LookupAddress[], family) => {
      const found = Array.isArray(address) ? address.map((each) => each.address) : [address];
      const objection = error
        ? undefined
        : found.map((each) => objectionToResolved(each, url, upstream)).find((each) => each !== undefined);
      if (objection === undefined) callback(error, address, family);
      else callback(new NoAnswer(`it names ${url.origin}, ${objection}`), "", 4);
    });
  };
}
