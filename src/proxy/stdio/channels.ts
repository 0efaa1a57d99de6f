import { Channel } from "./channel.ts";
import { EventLog, readEventId, type EventLogLimits, type LoggedEvent } from "./event-log.ts";
import type { EventStream } from "./event-stream.ts";

/** A stream that a client wants to go on with, and what it has missed. */
export type Resumable = { channel: Channel; missed: readonly LoggedEvent[] };

/** The streams of one session. */
export class Channels {
  readonly #log: EventLog;
  /** For what belongs to no request of the client. */
  readonly standalone: Channel;
  readonly #ofRequests = new Map<number, Channel>();
  #last = 0;

  constructor(limits: EventLogLimits) {
    this.#log = new EventLog(limits);
    this.standalone = new Channel(0, this.#log);
  }

  get areOpen(): boolean {
    return this.#all().some(({ isOpen }) => isOpen);
  }

  /** A stream that answers a request. */
  open(connection: EventStream, isPrimed: boolean): Channel {
    this.#forgetEnded();
    const channel = new Channel(++this.#last, this.#log);
    this.#ofRequests.set(channel.number, channel);
    channel.begin(connection, isPrimed);
    return channel;
  }

  /** Undefined where `lastEventId` names nothing that can be gone on with. */
  find(lastEventId: string): Resumable | undefined {
    const last = readEventId(lastEventId);
    const channel = last?.stream === 0 ? this.standalone : this.#ofRequests.get(last?.stream ?? 0);
    const missed = last === undefined ? undefined : channel?.missed(last.number);
    return channel === undefined || missed === undefined ? undefined : { channel, missed };
  }

  end(): void {
    for (const channel of this.#all()) channel.end();
  }

  #all(): Channel[] {
    return [this.standalone, ...this.#ofRequests.values()];
  }

  #forgetEnded(): void {
    for (const { number, isEnded } of this.#ofRequests.values()) {
      if (!isEnded || !this.#log.hasForgotten(number)) continue;
      this.#ofRequests.delete(number);
      this.#log.close(number);
    }
  }
}
