import { createHash } from "node:crypto";
import { canonicalForm } from "../../core/canonical.ts";
import { isObject, stringAt, valueAt, type JsonValue } from "../../core/json.ts";
import { parse, textOf } from "../../engine/read-message.ts";
import { spansOf } from "../../protocols/json/spans.ts";
import { requestIds } from "./rpc-error.ts";
import type { Exchange } from "./exchange.ts";

type Entry = { result: Uint8Array; until: number };

const MAX_ENTRIES = 1000;

/**
 * Answers to `tools/list` as the server gave them, before anything is left out: each use is judged
 * anew. https://modelcontextprotocol.io/specification/2026-07-28/server/utilities/caching
 */
export class ListCache {
  readonly #ttl: number;
  readonly #entries = new Map<string, Entry>();

  /** `ttl` in milliseconds; 0 is off. */
  constructor(ttl: number) {
    this.#ttl = ttl;
  }

  /** The whole answer to an exchange's request, with its id; undefined where none is kept. */
  find(exchange: Exchange, now: number): Buffer | undefined {
    if (!this.#concerns(exchange)) return undefined;
    const [id] = requestIds(exchange.sent);
    const entry = this.#fresh(keyOf(exchange, "private"), now) ?? this.#fresh(keyOf(exchange, "public"), now);
    if (entry === undefined || id === undefined) return undefined;
    return Buffer.concat([Buffer.from(`{"jsonrpc":"2.0","id":${id},"result":`), entry.result, Buffer.from("}")]);
  }

  /** Takes in what the server says: an answer to keep, or that lists have changed. */
  notice(exchange: Exchange, message: Buffer, now: number): void {
    if (this.#ttl === 0) return;
    if (message.includes("tools/list_changed")) return this.clear();
    if (!this.#concerns(exchange)) return;
    const value = parse(textOf(message));
    const result = valueAt(value, "result");
    const ttl = Math.min(this.#ttl, lifetime(result) ?? Infinity);
    if (!isList(result) || valueAt(value, "id") !== valueAt(exchange.value, "id") || ttl <= 0) return;
    const scope = stringAt(result, "cacheScope") === "public" ? "public" : "private";
    const span = spansOf(message).members?.findLast(({ key }) => key === "result")?.value;
    if (span === undefined) return;
    if (this.#entries.size >= MAX_ENTRIES) this.#entries.delete(this.#entries.keys().next().value ?? "");
    this.#entries.set(keyOf(exchange, scope), { result: message.subarray(span.start, span.end), until: now + ttl });
  }

  clear(): void {
    this.#entries.clear();
  }

  #concerns({ value, binding, session }: Exchange): boolean {
    if (this.#ttl === 0 || binding.protocol !== "mcp" || session.toClient !== undefined) return false;
    const params = valueAt(value, "params");
    const isRetry = isObject(params) && ("inputResponses" in params || "requestState" in params);
    return stringAt(value, "method") === "tools/list" && !isRetry;
  }

  #fresh(key: string, now: number): Entry | undefined {
    const entry = this.#entries.get(key);
    if (entry !== undefined && entry.until > now) return entry;
    this.#entries.delete(key);
    return undefined;
  }
}

function isList(result: JsonValue | undefined): boolean {
  const type = stringAt(result, "resultType");
  return Array.isArray(valueAt(result, "tools")) && (type === undefined || type === "complete");
}

/** Milliseconds that the server itself allows. */
function lifetime(result: JsonValue | undefined): number | undefined {
  const ttl = valueAt(result, "ttlMs");
  return typeof ttl === "number" ? ttl : undefined;
}

/** Same request, from anybody (`public`) or from the same session with the same login. */
function keyOf({ request, value, session, path }: Exchange, scope: "public" | "private"): string {
  const { headers } = request;
  const question = canonicalForm(withoutTrace(valueAt(value, "params")));
  const who = scope === "public" ? [] : [session.facts.id, tellingHeaders(headers)];
  return createHash("sha256")
    .update(JSON.stringify([scope, path, headers["mcp-protocol-version"] ?? "", question, ...who]))
    .digest("base64");
}

/** They differ from request to request, or concern the connection only. */
const untelling = new Set(["traceparent", "tracestate", "baggage", "x-request-id", "content-length", "connection"]);

/** Any header may say to the server whom it has before it. */
function tellingHeaders(headers: Exchange["request"]["headers"]): [name: string, value: unknown][] {
  return Object.entries(headers).filter(([name]) => !untelling.has(name));
}

/** What differs from request to request without another answer being meant. */
function withoutTrace(params: JsonValue | undefined): JsonValue {
  if (!isObject(params) || !isObject(params["_meta"])) return params ?? {};
  const { progressToken: _, traceparent: _parent, tracestate: _state, baggage: _baggage, ...meta } = params["_meta"];
  return { ...params, _meta: meta };
}
