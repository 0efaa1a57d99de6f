import type { Detector, Subject } from "../../src/core/detector.ts";
import type { Role } from "../../src/core/passage.ts";
import { defaultPolicy } from "../../src/core/policy.ts";
import { newMemory } from "../../src/engine/memory.ts";

/** One text in one role, as a detector is asked about it. */
export function subjectOf(detector: Detector, text: string, role: Role, isKey: boolean): Subject {
  return {
    session: { id: "s", client: "c", server: "s", protocol: "mcp", transport: "stdio" },
    memory: newMemory(),
    policy: defaultPolicy,
    direction: detector.meta.directions[0] ?? "to-client",
    message: {
      bytes: new Uint8Array(),
      value: {},
      kind: "request",
      id: 1,
      method: "tools/call",
      target: text.slice(0, 300),
      modern: false,
      answers: undefined,
      oddities: [],
    },
    passages: [{ role, at: "/params/requestedSchema/properties/command", text, isKey }],
    definitions: [],
    now: undefined,
  };
}
