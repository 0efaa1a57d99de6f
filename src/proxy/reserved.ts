import type { ServerResponse } from "node:http";
import { KEYS_PATH } from "./a2a/agent-side.ts";
import { health, readiness } from "./health.ts";
import type { Metrics } from "./metrics/metrics.ts";
import type { Mounted } from "./mounted.ts";

export type ReservedOptions = {
  version: string;
  startedAt: number;
  metrics: Metrics;
  mounts: readonly Mounted[];
  plugins: readonly string[];
  /** Public keys of the agent cards that the proxy signs, as a key set; undefined where it signs none. */
  cardKeys: string | undefined;
};

/** Answers on the paths that belong to the proxy itself. */
export class ReservedPaths {
  readonly #options: ReservedOptions;

  constructor(options: ReservedOptions) {
    this.#options = options;
  }

  /** What answers at a path; undefined where it is none of these. */
  at(path: string): ((response: ServerResponse) => void | Promise<void>) | undefined {
    if (path === "/health") return (response) => this.health(response);
    if (path === "/health/ready") return (response) => this.ready(response);
    if (path === "/metrics") return (response) => this.metrics(response);
    return path === KEYS_PATH ? (response) => this.cardKeys(response) : undefined;
  }

  health(response: ServerResponse): void {
    const { version, startedAt, metrics, plugins } = this.#options;
    const uptimeSeconds = (Date.now() - startedAt) / 1000;
    const { status, body } = health({ version, uptimeSeconds, counts: metrics.counts(), plugins });
    send(response, status, "application/json", body);
  }

  async ready(response: ServerResponse): Promise<void> {
    const { mounts } = this.#options;
    const unknown = mounts.filter((mount) => !mount.health().answered || mount.health().circuit !== "closed");
    await Promise.all(unknown.map((mount) => mount.probe()));
    const { status, body } = readiness(mounts.map((mount) => mount.health()));
    send(response, status, "application/json", body);
  }

  cardKeys(response: ServerResponse): void {
    const { cardKeys = '{"keys":[]}' } = this.#options;
    send(response, 200, "application/jwk-set+json", cardKeys);
  }

  async metrics(response: ServerResponse): Promise<void> {
    const { contentType, body } = await this.#options.metrics.render();
    send(response, 200, contentType, body);
  }
}

function send(response: ServerResponse, status: number, contentType: string, body: string): void {
  const headers = { "content-type": contentType, "cache-control": "no-store", "x-content-type-options": "nosniff" };
  response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) }).end(body);
}
