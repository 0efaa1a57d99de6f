/** Translates addresses between the proxy's side and the upstream's. Paths stay as they were written. */
export class Addresses {
  readonly #target: URL;
  readonly #query: string;
  readonly #base: string;
  readonly #mount: string;

  constructor(target: URL, mount: string) {
    this.#target = target;
    this.#query = target.search.slice(1);
    this.#base = target.pathname.replace(/\/$/, "");
    this.#mount = mount;
  }

  /** The path and query for the upstream; `path` is what stands below the mount. */
  toUpstream(path: string): string {
    const [below, query] = split(path);
    const own = this.#base + below;
    const whole = this.#query === "" ? query : query ? `${this.#query}&${query}` : this.#query;
    return (own === "" ? "/" : own) + (whole === undefined ? "" : `?${whole}`);
  }

  /** Where the proxy has what stands at `url` of the upstream, seen from `path`; undefined where it has not. */
  toProxy(url: string, path: string): string | undefined {
    const from = new URL(this.toUpstream(path), this.#target);
    if (!URL.canParse(url, from.href)) return undefined;
    const to = new URL(url, from.href);
    const isBelow = to.pathname === this.#base || to.pathname.startsWith(`${this.#base}/`);
    if (to.origin !== this.#target.origin || !isBelow) return undefined;
    return (this.#mount + to.pathname.slice(this.#base.length) || "/") + to.search + to.hash;
  }
}

function split(path: string): [string, string | undefined] {
  const at = path.indexOf("?");
  return at === -1 ? [path, undefined] : [path.slice(0, at), path.slice(at + 1)];
}

/** True where a path leads out of the folder it seems to be in; proxies and servers disagree about such paths. */
export function climbs(path: string): boolean {
  const [below] = split(path);
  return below.split(/[/\\]|%2f|%5c/i).some((segment) => /^(?:\.|%2e){2}(?:;.*)?$/i.test(segment));
}
