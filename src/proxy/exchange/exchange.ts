import type { IncomingMessage, ServerResponse } from "node:http";
import { stringAt, type JsonValue } from "../../core/json.ts";
import type { OpenRequests } from "../../core/memory.ts";
import { actions, type Action } from "../../core/verdict.ts";
import type { Outcome } from "../../engine/outcome.ts";
import type { RouteSession } from "../route-session.ts";
import type { Binding } from "./binding.ts";
import type { ClientSide } from "./client-side.ts";

/** One HTTP request and its answer, on the way through a route. */
export type Exchange = {
  request: IncomingMessage;
  response: ServerResponse;
  client: ClientSide;
  /** Path and query below the route's mount, as they came. */
  path: string;
  session: RouteSession;
  binding: Binding;
  /** True where the request held messages, so that any answer to it may reach a model. */
  isMessage: boolean;
  value: JsonValue | undefined;
  /** The body as the upstream gets it, decoded. */
  sent: Uint8Array;
  /** Where its answers are expected: with the exchange; undefined where they come on another stream of the session. */
  pending: OpenRequests | undefined;
  /** Answers given in the upstream's place to parts of a batch; they join what the upstream answers to the rest. */
  refusals: Uint8Array[];
  /** Sends a message to the server where the client's would go: answers to requests it must not make. */
  answerServer(message: Uint8Array): void;
  /** Told what the server says, before the guard looks. */
  onMessage(message: Buffer): void;
  measured: Measured;
};

/** For the metrics: times in milliseconds. */
export type Measured = { guard: number; upstream: number | undefined; action: Action; failed: boolean };

/** Judges a message of an exchange and keeps the time and the strictest action. */
export function judged<T extends { outcome: Outcome }>({ measured }: Exchange, judge: () => T): T {
  const started = performance.now();
  const judgement = judge();
  measured.guard += performance.now() - started;
  const { action } = judgement.outcome.verdict;
  if (actions.indexOf(action) > actions.indexOf(measured.action)) measured.action = action;
  return judgement;
}

/** The method of a message, or of a batch's first. */
export function methodOf({ value }: Exchange): string | undefined {
  return stringAt(Array.isArray(value) ? value[0] : value, "method");
}
