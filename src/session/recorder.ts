import type { Finding } from "../core/finding.ts";
import type { PendingItem } from "../core/pending.ts";
import type { EventDraft } from "../core/event.ts";
import type { Session } from "../core/session.ts";
import { maskSecrets } from "../detectors/secrets/mask-secrets.ts";
import type { Outcome } from "../engine/outcome.ts";
import { heldForm } from "../engine/held-form.ts";
import type { AuditLog } from "../audit/write.ts";
import { newEventId, stampEvent } from "../audit/stamp.ts";
import { addPending } from "../state/pending.ts";
import { addPins } from "../state/pins.ts";

export type RecorderOptions = {
  log: AuditLog;
  home: string;
  pinSet: string;
  session: Session;
  /** Told about a state folder that cannot be written; the traffic goes on. */
  onError(error: unknown): void;
};

/** Each item is a file: what is left out stays hidden, and comes back with the next list. */
const KEPT_PER_MESSAGE = 50;

/** Writes down what the guard found: events to the audit log, pins and pending items to the state. */
export class Recorder {
  readonly #options: RecorderOptions;
  #toKeep: { outcome: Outcome; now: number }[] = [];

  constructor(options: RecorderOptions) {
    this.#options = options;
  }

  record(outcome: Outcome): void {
    const now = Date.now();
    for (const { id, draft } of outcome.events)
      this.#options.log.append(stampEvent(draft, this.#options.session, now, id));
    if (outcome.pins.length === 0 && outcome.objections.length === 0 && outcome.held.length === 0) return;
    // Off the message path: the message has gone on already.
    if (this.#toKeep.length === 0) setImmediate(() => this.flush());
    this.#toKeep.push({ outcome, now });
  }

  /** Writes now what the state folder is to hold. */
  flush(): void {
    for (const { outcome, now } of this.#toKeep.splice(0)) this.#keep(outcome, now);
  }

  /** An event that no message caused. */
  note(draft: EventDraft): void {
    this.#options.log.append(stampEvent(draft, this.#options.session, Date.now(), newEventId()));
  }

  #keep(outcome: Outcome, now: number): void {
    const { home, pinSet, onError } = this.#options;
    try {
      if (outcome.pins.length > 0) addPins(home, pinSet, outcome.pins);
      for (const item of this.#itemsOf(outcome, now)) addPending(home, item);
    } catch (error) {
      onError(error);
    }
  }

  #itemsOf(outcome: Outcome, now: number): PendingItem[] {
    const { session, pinSet } = this.#options;
    const facts = {
      pinSet,
      session: session.id,
      client: session.client,
      server: session.server,
      transport: session.transport,
      protocol: session.protocol,
    };
    const since = new Date(now).toISOString();
    const objections = outcome.objections
      .slice(0, KEPT_PER_MESSAGE)
      .map(({ definition, before, reason, findings, pendingId }): PendingItem => {
        return {
          ...facts,
          id: pendingId,
          since,
          kind: definition.kind,
          name: definition.name,
          reason,
          before: before ?? null,
          after: definition.form,
          findings: findings.map(withoutSecrets),
        };
      });
    const held = outcome.held.map(({ message, verdict, eventId, pendingId }): PendingItem => {
      const name = message.target ?? message.method ?? "";
      return {
        ...facts,
        id: pendingId,
        since,
        kind: "call",
        name,
        reason: "held",
        before: null,
        after: heldForm(message, eventId),
        findings: verdict.findings.map(({ finding }) => withoutSecrets(finding)),
      };
    });
    return [...objections, ...held];
  }
}

function withoutSecrets(finding: Finding): Finding {
  return { ...finding, at: maskSecrets(finding.at) };
}
