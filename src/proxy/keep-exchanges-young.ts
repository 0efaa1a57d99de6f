import { setFlagsFromString } from "node:v8";

/**
 * V8 makes objects whose like outlived a collection in the old space at once. A burst brings it to do so with those of
 * an exchange, and from there each keeps the rest of its exchange alive until the next full collection: a call then
 * costs a quarter more, and the slowest one twice as much (bench/http).
 */
export function keepExchangesYoung(): void {
  setFlagsFromString("--no-allocation-site-pretenuring");
}
