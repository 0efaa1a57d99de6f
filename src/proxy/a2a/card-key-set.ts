import { cardKey } from "../../state/card-key.ts";
import type { ProxyOptions } from "../proxy-options.ts";
import { publicKeys } from "./sign-card.ts";

/** The key set with which callers check the cards that the proxy signs; undefined where it signs none. */
export function cardKeys({ home, upstreams }: Pick<ProxyOptions, "home" | "upstreams">): string | undefined {
  return upstreams.some(({ agent }) => agent?.signCards === true) ? publicKeys(cardKey(home)) : undefined;
}
