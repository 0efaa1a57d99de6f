/** One event of one of a session's streams. */
export type LoggedEvent = {
  stream: number;
  /** In the order of the session. */
  number: number;
  /** Undefined where it only marks a place. */
  message: Uint8Array | undefined;
  /** Called where it leaves the log before anybody got it. */
  onLost: (() => void) | undefined;
};

export type EventLogLimits = { storedEvents: number; storedBytes: number };

/** The last events of a session's streams, so that a client can ask for those it missed. */
export class EventLog {
  readonly #limits: EventLogLimits;
  #events: LoggedEvent[] = [];
  #bytes = 0;
  #last = 0;
  /** The newest event that left the log, by stream. */
  readonly #gone = new Map<number, number>();
  /** How many are here, by stream. */
  readonly #counts = new Map<number, number>();

  constructor(limits: EventLogLimits) {
    this.#limits = limits;
  }

  add(stream: number, message: Uint8Array | undefined, onLost?: () => void): LoggedEvent {
    // What comes in is part of a larger chunk, which would be kept with it.
    const event = { stream, number: ++this.#last, message: message && Buffer.from(message), onLost };
    this.#events.push(event);
    this.#counts.set(stream, (this.#counts.get(stream) ?? 0) + 1);
    this.#bytes += message?.length ?? 0;
    while (this.#isOverfull) this.#forgetFirst();
    return event;
  }

  /** A stream's events behind the one with this number, as far as they are still here. */
  after(stream: number, number: number): LoggedEvent[] {
    return this.#events.filter((event) => event.stream === stream && event.number > number);
  }

  /** False where some of these events are gone. */
  hasAllAfter(stream: number, number: number): boolean {
    return (this.#gone.get(stream) ?? 0) <= number;
  }

  /** True where nothing is left of the stream. */
  hasForgotten(stream: number): boolean {
    return !this.#counts.has(stream);
  }

  /** Nobody will ask for this stream again. */
  close(stream: number): void {
    this.#gone.delete(stream);
  }

  /** The newest stays, whatever its size. */
  get #isOverfull(): boolean {
    const { storedEvents, storedBytes } = this.#limits;
    return this.#events.length > 1 && (this.#events.length > storedEvents || this.#bytes > storedBytes);
  }

  #forgetFirst(): void {
    const event = this.#events.shift();
    if (event === undefined) return;
    this.#bytes -= event.message?.length ?? 0;
    this.#gone.set(event.stream, event.number);
    const left = (this.#counts.get(event.stream) ?? 0) - 1;
    if (left > 0) this.#counts.set(event.stream, left);
    else this.#counts.delete(event.stream);
    event.onLost?.();
  }
}

/** Names an event for the client. */
export function eventId({ stream, number }: Pick<LoggedEvent, "stream" | "number">): string {
  return `${stream}-${number}`;
}

export function readEventId(id: string): { stream: number; number: number } | undefined {
  const [, stream, number] = /^(\d{1,9})-(\d{1,15})$/.exec(id) ?? [];
  return stream === undefined ? undefined : { stream: Number(stream), number: Number(number) };
}
