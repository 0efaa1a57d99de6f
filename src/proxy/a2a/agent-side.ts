import { cardKey } from "../../state/card-key.ts";
import type { AgentOptions, UpstreamOptions } from "../proxy-options.ts";
import { CardKeys } from "./card-keys.ts";
import { Interfaces } from "./interfaces.ts";
import type { CardSigner } from "./sign-card.ts";

/** Where callers find the public half of the proxy's own key. */
export const KEYS_PATH = "/_mcpguard/jwks.json";
/** Of what was told of an agent's cards. */
const MAX_TOLD = 1000;

const withoutTrust: AgentOptions = {
  interfaceHosts: [],
  trust: { keys: undefined, keyUrls: [] },
  signCards: false,
};

/** What the proxy knows of one agent behind it, beyond its messages. */
export class AgentSide {
  readonly interfaces: Interfaces;
  readonly keys: CardKeys;
  readonly keepGrpc: boolean;
  readonly mount: string;
  readonly #key: CardSigner["key"] | undefined;
  readonly #told = new Set<string>();

  constructor({ keepGrpc, mount, agent = withoutTrust }: UpstreamOptions, target: URL, home: string) {
    this.keepGrpc = keepGrpc;
    this.mount = mount;
    this.interfaces = new Interfaces({ target, hosts: agent.interfaceHosts });
    this.keys = new CardKeys(agent.trust);
    this.#key = agent.signCards ? cardKey(home) : undefined;
  }

  /** Signs cards for callers who know the proxy under this origin; undefined where cards are not signed. */
  signerFor(origin: string): CardSigner | undefined {
    return this.#key === undefined ? undefined : { key: this.#key, jku: origin + KEYS_PATH };
  }

  /** True the first time: clients fetch a card again and again, and the log needs each thing once. */
  isNews(what: string): boolean {
    if (this.#told.has(what)) return false;
    if (this.#told.size >= MAX_TOLD) this.#told.clear();
    this.#told.add(what);
    return true;
  }
}
