import type { Incoming } from "../exchange/gateway-options.ts";
import { Interfaces } from "./interfaces.ts";
import { restError } from "./rest-error.ts";

export type Gateway = { handle(incoming: Incoming): Promise<void>; close(): Promise<void> };

export type InterfaceGatewayOptions = {
  interfaces: Interfaces;
  /** Opens the way to an interface; `place` is what its paths begin with below the mount. */
  open(target: URL, place: string): Gateway;
  /** Fetches the agent's cards, to know the interfaces that earlier cards named. */
  learn(): Promise<void>;
};

/** Milliseconds between two attempts to learn of an interface that is not known. */
const PAUSE = 5000;

/** The ways to the interfaces of an agent that are elsewhere than its own address. */
export class InterfaceGateways {
  readonly #options: InterfaceGatewayOptions;
  readonly #open = new Map<string, Gateway>();
  #learning: Promise<void> | undefined;
  #learned = Number.NEGATIVE_INFINITY;

  constructor(options: InterfaceGatewayOptions) {
    this.#options = options;
  }

  /** Takes a request to the interface that its path names. */
  async handle(incoming: Incoming): Promise<void> {
    const { interfaces } = this.#options;
    if (interfaces.find(incoming.path) === undefined) await this.#learn();
    const found = interfaces.find(incoming.path);
    if (found === undefined) return notFound(incoming);
    const gateway = this.#open.get(found.id) ?? this.#options.open(found.target, `/_a2a/${found.id}`);
    this.#open.set(found.id, gateway);
    return gateway.handle({ ...incoming, path: found.rest });
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open.values()].map((gateway) => gateway.close()));
  }

  async #learn(): Promise<void> {
    if (this.#learning === undefined && Date.now() - this.#learned < PAUSE) return;
    this.#learning ??= this.#options.learn().finally(() => {
      this.#learning = undefined;
      this.#learned = Date.now();
    });
    await this.#learning;
  }
}

async function notFound({ response }: Incoming): Promise<void> {
  const why = "mcpguard: no card of this agent names an interface here. Fetch the agent's card again.";
  const { body } = restError(404, why, []);
  response.writeHead(404, { "content-type": "application/json", "content-length": body.length }).end(body);
}
