import { eventId, type EventLog, type LoggedEvent } from "./event-log.ts";
import type { EventStream } from "./event-stream.ts";
import type { MessageStream } from "./post.ts";

/**
 * One of a session's streams. It outlives its connection: what is sent meanwhile waits in the log for
 * the client to come back.
 */
export class Channel implements MessageStream {
  readonly number: number;
  readonly #log: EventLog;
  #connection: EventStream | undefined;
  #lastSent = 0;
  isEnded = false;

  constructor(number: number, log: EventLog) {
    this.number = number;
    this.#log = log;
  }

  get isOpen(): boolean {
    return this.#connection?.isOpen ?? false;
  }

  /** `onLost` is called where the message is dropped before a client could get it. */
  send(message: Uint8Array, onLost?: () => void): void {
    const event = this.#log.add(this.number, message, onLost);
    if (this.isOpen) this.#write(event);
  }

  end(): void {
    this.isEnded = true;
    this.#connection?.end();
  }

  /** A new stream begins on this connection, or one goes on whose events so far nobody could get. */
  begin(connection: EventStream, isPrimed: boolean): void {
    this.#connection = connection;
    if (isPrimed) connection.prime(eventId(this.#log.add(this.number, undefined)));
    for (const event of this.#log.after(this.number, this.#lastSent)) this.#write(event);
  }

  /** The events that a client has not got which got those up to `number`; undefined where some are gone. */
  missed(number: number): LoggedEvent[] | undefined {
    return this.#log.hasAllAfter(this.number, number) ? this.#log.after(this.number, number) : undefined;
  }

  /** The client is back. */
  resume(connection: EventStream, missed: readonly LoggedEvent[]): void {
    this.#connection?.end();
    this.#connection = connection;
    for (const event of missed) this.#write(event);
    if (this.isEnded) connection.end();
  }

  #write(event: LoggedEvent): void {
    this.#lastSent = event.number;
    event.onLost = undefined;
    if (event.message !== undefined) this.#connection?.send(event.message, eventId(event));
  }
}
