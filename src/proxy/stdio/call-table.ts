import { valueAt, type JsonValue } from "../../core/json.ts";
import type { RequestId } from "../../core/message.ts";
import { looseKey } from "../../engine/correlate.ts";
import type { Call } from "./call.ts";
import { textAt } from "./replace-at.ts";

const MAX_RELEASED = 1000;

/**
 * The calls that wait for one process. Where several clients share it, each call gets an alias of its
 * own, since the clients all count from the same number.
 */
export class CallTable {
  readonly #hasAliases: boolean;
  readonly #byId = new Map<string, Call[]>();
  readonly #byToken = new Map<string, Call>();
  /** Aliases of calls that ended without their answer, which may still come. */
  readonly #released = new Set<string>();
  #lastAlias = 0;

  constructor(hasAliases: boolean) {
    this.#hasAliases = hasAliases;
  }

  get size(): number {
    return this.#byId.size;
  }

  add(call: Call): void {
    if (this.#hasAliases) call.alias = ++this.#lastAlias;
    const key = keyOf(call);
    this.#byId.set(key, [...(this.#byId.get(key) ?? []), call]);
    const token = tokenOf(call);
    if (token !== undefined) this.#byToken.set(JSON.stringify(token), call);
  }

  has(call: Call): boolean {
    return this.#byId.get(keyOf(call))?.includes(call) ?? false;
  }

  /** The call that a response answers. */
  answered(id: RequestId, response: Uint8Array): Call | undefined {
    const open = this.#byId.get(looseKey(id)) ?? [];
    if (open.length < 2) return open[0];
    const text = textAt(response, ["id"]);
    return open.find(({ idText }) => idText === text) ?? open.find((call) => call.id === id) ?? open[0];
  }

  ofToken(token: JsonValue | undefined): Call | undefined {
    return token === undefined ? undefined : this.#byToken.get(JSON.stringify(token));
  }

  /** True for the late answer to a call that its client gave up. */
  isReleased(id: RequestId): boolean {
    return this.#released.has(looseKey(id));
  }

  remove(call: Call, isAnswered: boolean): void {
    const key = keyOf(call);
    const others = (this.#byId.get(key) ?? []).filter((other) => other !== call);
    if (others.length === 0) this.#byId.delete(key);
    else this.#byId.set(key, others);
    const token = JSON.stringify(tokenOf(call) ?? null);
    if (this.#byToken.get(token) === call) this.#byToken.delete(token);
    if (isAnswered || call.alias === undefined) return;
    if (this.#released.size >= MAX_RELEASED) this.#released.delete([...this.#released][0] ?? "");
    this.#released.add(key);
  }

  /** The newest that `matches`. */
  newest(matches: (call: Call) => boolean): Call | undefined {
    return this.all().findLast(matches);
  }

  /** The oldest first. */
  all(): Call[] {
    return [...this.#byId.values()].flat();
  }
}

function keyOf({ alias, id }: Call): string {
  return looseKey(alias ?? id);
}

function tokenOf({ alias, params }: Call): JsonValue | undefined {
  const token = valueAt(params, "_meta", "progressToken");
  return token === undefined ? undefined : (alias ?? token);
}
