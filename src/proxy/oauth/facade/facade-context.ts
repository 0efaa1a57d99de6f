import type { FetchLike } from "@modelcontextprotocol/client";
import type { Addresses } from "../../exchange/addresses.ts";
import type { OAuthLogin } from "../../proxy-options.ts";
import type { Servers } from "./servers.ts";
import type { Tickets } from "./tickets.ts";

/** What all parts of a route's facade share. */
export type FacadeContext = {
  route: string;
  /** What the route's paths begin with. */
  mount: string;
  settings: Extract<OAuthLogin, { mode: "facade" }>;
  addresses: Addresses;
  servers: Servers;
  tickets: Tickets;
  fetchFn: FetchLike;
};
