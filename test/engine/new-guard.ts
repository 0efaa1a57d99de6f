import type { Detector } from "../../src/core/detector.ts";
import type { Direction } from "../../src/core/message.ts";
import { defaultPolicy, type Policy } from "../../src/core/policy.ts";
import type { Protocol } from "../../src/core/session.ts";
import { Guard } from "../../src/engine/guard.ts";
import { newServerMemory } from "../../src/engine/memory.ts";
import type { Outcome } from "../../src/engine/outcome.ts";

type Given = { detectors?: readonly Detector[]; policy?: Partial<Policy>; server?: string; protocol?: Protocol };

/** A guard with only the given detectors; its event ids are e1, e2, … */
export function newGuard({ detectors = [], policy = {}, server = "tested", protocol = "mcp" }: Given = {}): Guard {
  let events = 0;
  return new Guard({
    session: { id: "s", client: "tester", server, protocol, transport: "stdio" },
    policy: { ...defaultPolicy, ...policy },
    detectors,
    server: newServerMemory(),
    newEventId: () => `e${++events}`,
    pendingId: ({ kind, name, form }) => `${kind}:${name}:${form.length}`,
  });
}

/** What a guard does about a message given as bytes, text or value. */
export function inspect(guard: Guard, direction: Direction, message: unknown, now?: number): Outcome {
  const text = typeof message === "string" ? message : JSON.stringify(message);
  const bytes = message instanceof Uint8Array ? message : Buffer.from(text);
  return guard.inspect({ direction, bytes, now, textMatters: true });
}

export const toServer = (guard: Guard, message: unknown): Outcome => inspect(guard, "to-server", message);
export const toClient = (guard: Guard, message: unknown): Outcome => inspect(guard, "to-client", message);

/** The parsed bytes that the receiver gets; undefined where it gets none. */
export function forwarded({ forward }: Outcome): unknown {
  return forward === undefined ? undefined : JSON.parse(Buffer.from(forward).toString());
}

/** The parsed answers that the sender gets. */
export function answers(outcome: Outcome): unknown[] {
  return outcome.answers.map((answer) => JSON.parse(Buffer.from(answer).toString()));
}
