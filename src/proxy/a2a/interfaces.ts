import { createHash } from "node:crypto";
import { isFamily } from "./is-family.ts";

/** Where the proxy has an interface, as a path below the mount, or why it has it nowhere. */
export type Placed = { path: string } | { dropped: string };

export type InterfaceOptions = {
  /** The agent as the proxy knows it; what is below its path is below the mount. */
  target: URL;
  /** Hosts a card may name besides the agent's own. */
  hosts: readonly string[];
};

/** Below the mount: interfaces that are elsewhere than the agent's own address. */
const PREFIX = "/_a2a/";
/** No agent has more; a card must not fill the memory. */
const MAX_INTERFACES = 64;

/** The interfaces that an agent's cards name, and where the proxy has them. */
export class Interfaces {
  /** Leads nowhere: stands where a card must name an address and none is left. */
  static readonly nowhere = `${PREFIX}none`;
  readonly #options: InterfaceOptions;
  readonly #byId = new Map<string, URL>();

  constructor(options: InterfaceOptions) {
    this.#options = options;
  }

  /** Finds a place for an address, which may be relative to the card's own. */
  place(address: string, card: URL): Placed {
    const { target, hosts } = this.#options;
    if (!URL.canParse(address, card.href)) return { dropped: "it is no URL" };
    const url = new URL(address, card);
    if (url.protocol !== "http:" && url.protocol !== "https:") return { dropped: "it is not HTTP" };
    if (url.username !== "" || url.password !== "") return { dropped: "it has a login in it" };
    if (!isFamily(url, target, hosts)) return { dropped: "it is another host than the agent's" };
    const own = this.#below(url);
    if (own !== undefined) return { path: withoutAddedSlash(own, address) };
    const isDowngrade = target.protocol === "https:" && url.protocol === "http:";
    if (isDowngrade && !hosts.includes(url.host)) return { dropped: "it is not encrypted, and the agent is" };
    return this.#elsewhere(url);
  }

  /** The interface that a path below the mount belongs to, and the rest of the path. */
  find(path: string): { id: string; target: URL; rest: string } | undefined {
    const [, id = "", rest = ""] = /^\/_a2a\/([0-9a-f]{16})(.*)$/s.exec(path) ?? [];
    const target = this.#byId.get(id);
    return target === undefined || (rest !== "" && !/^[/?]/.test(rest)) ? undefined : { id, target, rest };
  }

  /** True of a path that only an interface can have, also one that is not known (any more). */
  static isPlace(path: string): boolean {
    return path.startsWith(PREFIX);
  }

  #below(url: URL): string | undefined {
    const { target } = this.#options;
    const base = target.pathname.replace(/\/$/, "");
    const isBelow = url.pathname === base || url.pathname.startsWith(`${base}/`);
    return url.origin === target.origin && isBelow ? url.pathname.slice(base.length) + url.search : undefined;
  }

  #elsewhere(url: URL): Placed {
    url.hash = "";
    const id = createHash("sha256").update(url.href).digest("hex").slice(0, 16);
    if (!this.#byId.has(id) && this.#byId.size >= MAX_INTERFACES) return { dropped: "the agent has too many" };
    this.#byId.set(id, url);
    return { path: PREFIX + id + (url.pathname.endsWith("/") && url.pathname !== "/" ? "/" : "") };
  }
}

/** A host alone is written without a slash, and clients add their own. */
function withoutAddedSlash(path: string, address: string): string {
  return path === "/" && !address.endsWith("/") ? "" : path;
}
