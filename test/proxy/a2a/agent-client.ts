import {
  ClientFactory,
  ClientFactoryOptions,
  DefaultAgentCardResolver,
  JsonRpcTransportFactory,
  RestTransportFactory,
  type Client,
} from "@a2a-js/sdk/client";

export type AgentClient = {
  client: Client;
  /** The addresses it asked, the card's included. */
  asked: URL[];
};

/** The official SDK's client for the agent whose card is at `base`, over one binding. */
export async function connect(base: string, binding: "JSONRPC" | "HTTP+JSON"): Promise<AgentClient> {
  const asked: URL[] = [];
  const fetchImpl: typeof fetch = (input, init) => {
    asked.push(new URL(input instanceof Request ? input.url : input));
    return fetch(input, init);
  };
  const options = { fetchImpl, legacyCompat: { enabled: true } };
  const factory = new ClientFactory(
    ClientFactoryOptions.createFrom(ClientFactoryOptions.default, {
      transports: [new JsonRpcTransportFactory(options), new RestTransportFactory(options)],
      cardResolver: new DefaultAgentCardResolver(options),
      preferredTransports: [binding],
    }),
  );
  return { client: await factory.createFromUrl(`${base}/`), asked };
}
