import type { Outcome } from "../../engine/outcome.ts";
import type { RouteSession } from "../route-session.ts";
import type { Call } from "./call.ts";
import type { Heading } from "./heading.ts";

/** Whoever talks with a server's process through the proxy: a session, or a caller without one. */
export type Peer = {
  readonly session: RouteSession;
  /** False where requests of the server cannot be answered. */
  readonly takesRequests: boolean;
  /** Its calls that wait for a person. */
  readonly held: Map<Call, Outcome>;
  /** Gets a message that passed the guard and answers nothing; `about` is an open call that it may belong to. */
  receive(message: Uint8Array, heading: Heading, about: Call | undefined): void;
  /** The process has ended; open calls were answered. */
  serverEnded(): void;
};
