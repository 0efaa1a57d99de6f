import type { FormToken } from "./access/form-token.ts";
import type { Follower } from "./live/follower.ts";
import type { WaitingRoom } from "./reading/waiting.ts";
import type { Today } from "./reading/today.ts";
import type { DashboardStatus } from "./status.ts";

export type DashboardOptions = {
  /** mcpguard's home folder: pins, what waits, decisions. */
  home: string;
  logFolder: string;
  version: string;
  /** Facts of the running proxy, asked for with every page. */
  status(): DashboardStatus;
  /** True where the proxy itself speaks TLS. */
  isSecure: boolean;
};

/** What pages are made from. */
export type Context = DashboardOptions & {
  today: Today;
  waiting: WaitingRoom;
  token: FormToken;
  follower: Follower;
};
