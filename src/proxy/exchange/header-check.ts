import type { IncomingHttpHeaders } from "node:http";
import { isObject, stringAt, valueAt, type JsonValue } from "../../core/json.ts";
import type { Memory } from "../../core/memory.ts";

// https://modelcontextprotocol.io/specification/2026-07-28/basic/transports#request-headers
const VERSION = "mcp-protocol-version";
const METHOD = "mcp-method";
const NAME = "mcp-name";
const PARAMETER = "mcp-param-";
/** Methods whose `Mcp-Name` is the tool, prompt or resource. */
const naming = new Set(["tools/call", "prompts/get", "resources/read"]);

type Scalar = string | number | boolean;

const META_VERSION = "io.modelcontextprotocol/protocolVersion";

/** Since 2026-07-28 headers repeat parts of the body. What a header says otherwise; undefined where all agree. */
export function headerMismatch(
  headers: IncomingHttpHeaders,
  body: JsonValue | undefined,
  tools: Memory["tools"],
): string | undefined {
  const version = stringAt(body, "params", "_meta", META_VERSION);
  if (version === undefined && !isModern(headers[VERSION])) return undefined;
  for (const [name, expected] of mirrored(body, tools, version)) {
    const given = headers[name];
    if (given === undefined) continue;
    if (Array.isArray(given) || !isSame(decodedValue(given), expected)) return name;
  }
  return undefined;
}

/** The headers that must follow where a message was changed: those that repeat a text that is now another. */
export function followingHeaders(
  headers: IncomingHttpHeaders,
  before: JsonValue | undefined,
  after: JsonValue | undefined,
): Map<string, string> {
  // Batches are of an era without such headers.
  const changes = Array.isArray(before) ? new Map<string, string>() : changedTexts(before, after);
  const following = new Map<string, string>();
  for (const [name, given] of Object.entries(headers)) {
    if (typeof given !== "string" || (name !== NAME && !name.startsWith(PARAMETER))) continue;
    const text = changes.get(decodedValue(given));
    if (text !== undefined) following.set(name, encodedValue(text));
  }
  return following;
}

/** What became of each text; a redaction leaves the form as it was. */
function changedTexts(before: JsonValue | undefined, after: JsonValue | undefined): Map<string, string> {
  const changes = new Map<string, string>();
  const pairs = [{ before, after }];
  for (let pair = pairs.pop(); pair !== undefined; pair = pairs.pop()) {
    if (typeof pair.before === "string" && typeof pair.after === "string") {
      if (pair.before !== pair.after) changes.set(pair.before, pair.after);
      continue;
    }
    const now = partsOf(pair.after);
    for (const [index, each] of partsOf(pair.before).entries()) pairs.push({ before: each, after: now[index] });
  }
  return changes;
}

function partsOf(value: JsonValue | undefined): readonly JsonValue[] {
  return typeof value === "object" && value !== null ? Object.values(value) : [];
}

/** 1.0 and 1 are the same number. */
function isSame(given: string, expected: Scalar): boolean {
  return given === String(expected) || (typeof expected === "number" && Number(given) === expected);
}

/** Versions are dates, and dates can be compared as texts. */
function isModern(version: string | string[] | undefined): boolean {
  return typeof version === "string" && version >= "2026-07-28";
}

function* mirrored(
  body: JsonValue | undefined,
  tools: Memory["tools"],
  version: string | undefined,
): Generator<[name: string, value: Scalar]> {
  if (version !== undefined) yield [VERSION, version];
  const method = stringAt(body, "method");
  if (method !== undefined) yield [METHOD, method];
  const name = stringAt(body, "params", "name") ?? stringAt(body, "params", "uri");
  if (name === undefined || !naming.has(method ?? "")) return;
  yield [NAME, name];
  if (method !== "tools/call") return;
  yield* parameters(valueAt(tools.get(name), "inputSchema"), valueAt(body, "params", "arguments"));
}

const MAX_DEPTH = 16;

/** The arguments that a tool's schema wants to see in headers (`x-mcp-header`). */
function* parameters(
  schema: JsonValue | undefined,
  given: JsonValue | undefined,
  depth = 0,
): Generator<[name: string, value: Scalar]> {
  const properties = valueAt(schema, "properties");
  if (!isObject(properties) || !isObject(given) || depth > MAX_DEPTH) return;
  for (const [key, property] of Object.entries(properties)) {
    const value = Object.hasOwn(given, key) ? given[key] : undefined;
    const header = stringAt(property, "x-mcp-header");
    if (header !== undefined && (typeof value === "string" || typeof value === "number" || typeof value === "boolean"))
      yield [PARAMETER + header.toLowerCase(), value];
    else yield* parameters(property, value, depth + 1);
  }
}

const encoded = /^=\?base64\?([A-Za-z0-9+/=]*)\?=$/i;

function decodedValue(value: string): string {
  const base64 = encoded.exec(value)?.[1];
  return base64 === undefined ? value : Buffer.from(base64, "base64").toString();
}

/** What is not printable ASCII, has spaces at its ends, or looks encoded, is encoded. */
function encodedValue(value: string): string {
  if (/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(value) && !encoded.test(value)) return value;
  return `=?base64?${Buffer.from(value).toString("base64")}?=`;
}
