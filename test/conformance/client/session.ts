import { Client, StreamableHTTPClientTransport, UnauthorizedError } from "@modelcontextprotocol/client";
import { Browser } from "../../fixtures/oauth/browser.ts";
import { Person } from "../../proxy/oauth/person.ts";
import { providerFor } from "./provider-for.ts";
import type { Scenario } from "./scenario.ts";

const MAX_LOGINS = 2;

/** A connection to the server of a scenario that logs in when it is asked to, at most twice: the SDK asks a third time. */
export class Session {
  readonly #url: URL;
  readonly #scenario: Scenario;
  readonly #provider: ReturnType<typeof providerFor> | undefined;
  #transport: StreamableHTTPClientTransport;
  #logins = 0;
  client: Client;

  constructor(url: string, scenario: Scenario) {
    this.#url = new URL(url);
    this.#scenario = scenario;
    this.#provider = scenario.name.startsWith("auth/") ? providerFor(scenario) : undefined;
    this.#transport = this.#newTransport();
    this.client = this.#newClient();
  }

  connect(): Promise<void> {
    return this.run(async () => {
      this.#transport = this.#newTransport();
      this.client = this.#newClient();
      await this.client.connect(this.#transport);
    });
  }

  async run<T>(step: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await step();
      } catch (error) {
        if (this.#logins++ >= MAX_LOGINS || !(await this.#logIn(error))) throw error;
      }
    }
  }

  /** As an application does with the SDK, or as a person does whom the proxy tells where to log in. */
  async #logIn(error: unknown): Promise<boolean> {
    const link = /open (http\S+) in a browser/.exec(String(error))?.[1];
    if (link !== undefined) {
      const { status } = await new Browser().open(link);
      return status === 200;
    }
    if (!(error instanceof UnauthorizedError) || !(this.#provider instanceof Person)) return false;
    await this.#transport.finishAuth(this.#provider.answer);
    return true;
  }

  #newTransport(): StreamableHTTPClientTransport {
    return new StreamableHTTPClientTransport(
      this.#url,
      this.#provider === undefined ? {} : { authProvider: this.#provider },
    );
  }

  #newClient(): Client {
    const capabilities = { elicitation: { form: { applyDefaults: true } }, sampling: {}, roots: {} };
    const mode = this.#scenario.revision === "2026-07-28" ? "auto" : "legacy";
    const client = new Client(
      { name: "mcpguard-test", version: "1.0.0" },
      { capabilities, versionNegotiation: { mode } },
    );
    client.setRequestHandler("elicitation/create", () => ({ action: "accept", content: {} }));
    client.setRequestHandler("sampling/createMessage", () => ({
      model: "none",
      role: "assistant",
      content: { type: "text", text: "none" },
    }));
    client.setRequestHandler("roots/list", () => ({ roots: [] }));
    return client;
  }
}
