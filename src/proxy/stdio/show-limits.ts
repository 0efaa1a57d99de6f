import type { Outcome } from "../../engine/outcome.ts";
import { rateHeaders } from "../exchange/rate-headers.ts";
import type { Call } from "./call.ts";
import type { Post } from "./post.ts";

/** A refusal because of a rate limit says how the limit stands. */
export function showLimits(post: Post, call: Call, outcome: Outcome, rateLimitStatus: 200 | 429): void {
  const headers = rateHeaders(outcome, call.method, call.peer.session, Date.now());
  if (headers === undefined) return;
  const { "retry-after": retryAfter, ...state } = headers;
  if (rateLimitStatus === 200) post.dress(state);
  else post.dress({ ...state, "retry-after": retryAfter }, 429);
}
