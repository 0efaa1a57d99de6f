import type { Route } from "../route.ts";
import type { Limits } from "./limits.ts";
import type { StreamSlots } from "./stream-slots.ts";

/** What everything about one stdio server behind the proxy shares. */
export type Context = {
  route: Route;
  limits: Limits;
  slots: StreamSlots;
  rateLimitStatus: 200 | 429;
};
