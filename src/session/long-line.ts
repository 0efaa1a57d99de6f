import type { OpenRequests } from "../core/memory.ts";
import type { Direction } from "../core/message.ts";
import type { Guard } from "../engine/guard.ts";
import { passed, type Outcome } from "../engine/outcome.ts";
import { REFUSED_CODE } from "../engine/refusal.ts";
import type { Gate } from "../text/gate.ts";
import { EDGE, idAtEdge } from "./id-at-edge.ts";

export type LongLineOptions = {
  guard: Guard;
  gate: Gate;
  direction: Direction;
  /** Where the request it may answer waits, if not with the session. */
  pending?: OpenRequests | undefined;
  record(outcome: Outcome): void;
  forward(bytes: Buffer): void;
  answer(bytes: Buffer): void;
};

const WINDOW = 1024 * 1024;
/** A finding that lies across two windows is whole in one of them. */
const OVERLAP = 4096;
/**
 * A message above `max_inspect_size`: it cannot be held, so it is read in overlapping windows while
 * it goes on, and what is found is only reported. Where it could define or call a tool that waits or
 * is refused, and in `strict`, it does not go on.
 */
export class LongLine {
  readonly #options: LongLineOptions;
  readonly #isRefused: boolean;
  #window: Buffer[] = [];
  #windowLength = 0;
  #head = Buffer.alloc(0);
  #tail = Buffer.alloc(0);
  #length = 0;

  constructor(options: LongLineOptions) {
    this.#options = options;
    this.#isRefused = options.guard.mustRead(options.direction, options.pending);
  }

  push(part: Buffer): void {
    this.#length += part.length;
    if (this.#head.length < EDGE) this.#head = Buffer.concat([this.#head, part.subarray(0, EDGE)]);
    this.#tail = Buffer.concat([this.#tail.subarray(-EDGE), part.subarray(-EDGE)]);
    if (!this.#isRefused) this.#options.forward(part);
    this.#window.push(part);
    this.#windowLength += part.length;
    if (this.#windowLength >= WINDOW) this.#inspectWindow();
  }

  end(): void {
    this.#inspectWindow();
    const { guard, direction, record } = this.#options;
    const outcome = passed(this.#head);
    const action = this.#isRefused ? "block" : "allow";
    const id = guard.options.newEventId();
    outcome.events.push({
      id,
      draft: {
        event_type: "guard_error",
        severity: "medium",
        message: `A message of ${this.#length} bytes is larger than max_inspect_size; it was ${this.#isRefused ? "refused" : "read in windows only"}.`,
        blocked: this.#isRefused,
        details: { bytes: this.#length },
        direction,
        method: null,
        tool: null,
        detector: "message-integrity",
        rule: "oversize",
        action,
      },
    });
    if (this.#isRefused) this.#refuse(id);
    record(outcome);
  }

  #inspectWindow(): void {
    if (this.#windowLength === 0) return;
    const { guard, gate, direction, record } = this.#options;
    const bytes = Buffer.concat(this.#window);
    this.#window = [Buffer.from(bytes.subarray(-OVERLAP))];
    this.#windowLength = 0;
    if (!gate.isOpen(bytes)) return;
    const outcome = guard.inspectWindow({ direction, bytes, now: Date.now(), textMatters: true });
    for (const { draft } of outcome.events)
      Object.assign(draft, this.#isRefused ? {} : { action: "allow", blocked: false });
    record({ ...outcome, held: [] });
  }

  /** Answers the request, or puts an error in the place of the response. */
  #refuse(eventId: string): void {
    const id = idAtEdge(this.#head, this.#tail);
    if (id === undefined) return;
    const message = `mcpguard refused a message of ${this.#length} bytes, more than max_inspect_size (event ${eventId}).`;
    const reply = Buffer.from(
      `{"jsonrpc":"2.0","id":${id},"error":${JSON.stringify({ code: REFUSED_CODE, message })}}\n`,
    );
    const isRequest = /^\s*\{[^{[]*"method"\s*:/.test(this.#head.toString());
    if (isRequest) this.#options.answer(reply);
    else this.#options.forward(reply);
  }
}
