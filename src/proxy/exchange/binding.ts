import type { OutgoingHttpHeaders } from "node:http";
import type { JsonValue } from "../../core/json.ts";
import type { Protocol } from "../../core/session.ts";
import type { RouteSession } from "../route-session.ts";
import { joined } from "./rpc-error.ts";
import type { Head } from "./upstream.ts";

/**
 * How a protocol's messages stand in HTTP bodies. The engine knows JSON-RPC only: a binding makes
 * it from other bodies, and those from it. Where nothing changes, the very same bytes come back.
 */
export type Binding = {
  protocol: Protocol;
  toRpcRequest(body: Buffer): Buffer;
  fromRpcRequest(message: Uint8Array): Uint8Array;
  /** Of a whole body or the data of one event. */
  toRpcAnswer(body: Buffer, status: number): Buffer;
  fromRpcAnswer(message: Uint8Array): Uint8Array;
  /** What the client gets for answers that the engine gives in the upstream's place. */
  refusal(answers: readonly Uint8Array[]): { status: number; headers: OutgoingHttpHeaders; body: Uint8Array };
  /** The request that an answer shows to have been asked, where the request itself told nothing. */
  askedFor?(answer: JsonValue | undefined): Uint8Array | undefined;
  /** Looks at an answer before the guard does; what it gives goes to the client instead. */
  examine?(body: Buffer, status: number, session: RouteSession): Promise<ClientBody | undefined>;
  /** The last word on an answer: addresses in it may have to lead to the proxy. */
  forClient?(body: Uint8Array, head: Head): ClientBody;
  /** An error of the proxy's own, where it is not one of JSON-RPC. */
  problem?(status: number, why: string): Uint8Array;
  /** What the upstream is asked with, where the client's own method would not bring what is looked into. */
  readonly fetches?: "GET" | undefined;
  /** True where an answer must be held whole, however large it is: otherwise it is refused. */
  readonly isWhole?: boolean;
};

/** What the client gets: with another status, or as an event of another name, where those are given. */
export type ClientBody = { body: Uint8Array; headers: OutgoingHttpHeaders; status?: number; event?: string };

/** MCP, and A2A's JSON-RPC. */
export function jsonRpcBinding(protocol: Protocol): Binding {
  return {
    protocol,
    toRpcRequest: (body) => body,
    fromRpcRequest: (message) => message,
    toRpcAnswer: (body) => body,
    fromRpcAnswer: (message) => message,
    refusal: (answers) => {
      const [only = new Uint8Array()] = answers;
      const headers = { "content-type": "application/json" };
      return { status: 200, headers, body: answers.length === 1 ? only : joined(answers) };
    },
  };
}
