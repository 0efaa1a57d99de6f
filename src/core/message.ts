import type { JsonObject, JsonValue } from "./json.ts";

/** Servers send requests too, so "request" and "response" do not name a direction. */
export type Direction = "to-server" | "to-client";

export type MessageKind = "request" | "notification" | "response" | "unknown";

export type RequestId = string | number | null;

/** What the engine remembers of a request until its answer comes. */
export type PendingRequest = {
  id: RequestId;
  method: string;
  /** The tool, prompt or resource the request names. */
  target: string | undefined;
  /** The 2026-07-28 revision, whose results carry `resultType`. */
  modern: boolean;
  /** Milliseconds; absent in a replay without times. */
  startedAt: number | undefined;
  /** Size of the request, for the log. */
  bytes: number;
  /** Names and types of the arguments, for the log. */
  shape: JsonObject | undefined;
  /** True once the first of several answers came: an A2A stream sends many under one id. */
  begun?: true;
};

/** Peculiarities of a message's form; they are reported, and act only through what the content holds. */
export type Oddity =
  | "duplicate-key"
  | "uncorrelated-response"
  | "loosely-matched-id"
  | "batch"
  | "not-json"
  | "oversize";

/** One JSON-RPC message: the bytes as they came and what they mean. */
export type Message = {
  bytes: Uint8Array;
  /** Undefined where the bytes are no JSON, or were too many to parse and hold nothing suspicious. */
  value: JsonValue | undefined;
  kind: MessageKind;
  id: RequestId | undefined;
  /** The method of a request or notification, or of the request that a response answers. */
  method: string | undefined;
  /** The tool, prompt or resource that the message (or the request it answers) names. */
  target: string | undefined;
  modern: boolean;
  /** For a response: the request it answers, where one was seen. */
  answers: PendingRequest | undefined;
  oddities: readonly Oddity[];
};
