import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { readEvents } from "./read-events.ts";
import type { Event } from "../../../src/core/event.ts";
import { loadPolicy } from "../../../src/policy/load.ts";
import { defaults } from "../../../src/proxy/options/defaults.ts";
import type { ProxyOptions, UpstreamOptions } from "../../../src/proxy/proxy-options.ts";
import { startProxy } from "../../../src/proxy/start.ts";

export type Gateway = {
  url: string;
  home: string;
  /** Puts other rules in force, as a reload does. */
  configure(config: string): void;
  /** What the log holds; complete once the gateway is closed. */
  events(): Event[];
  close(): Promise<void>;
};

type Start = Partial<ProxyOptions> & {
  /** The text of config.yaml. */
  config?: string;
};

/** The upstream behind a gateway, by default the only one. */
export function upstreamAt(url: string, options: Partial<UpstreamOptions> = {}): UpstreamOptions {
  return {
    name: "default",
    mount: "",
    server: { target: new URL(url) },
    protocol: undefined,
    oauth: undefined,
    keepGrpc: false,
    ...options,
  };
}

/** The real gateway in this process, with a home of its own. It is closed when the test ends. */
export async function startGateway(target: string | ProxyOptions["upstreams"], start: Start = {}): Promise<Gateway> {
  const home = mkdtempSync(join(tmpdir(), "mcpguard-gateway-"));
  const { config = "", ...options } = start;
  let loaded = loadPolicy("config.yaml", config);
  let tell = (): void => {};
  const proxy = await startProxy({
    ...defaults,
    home,
    port: 0,
    upstreams: typeof target === "string" ? [upstreamAt(target)] : target,
    policies: {
      policyFor: (name) => loaded.policyFor(name),
      follow: (onChange) => {
        tell = () => onChange([]);
        return () => {};
      },
    },
    logFolder: join(home, "log"),
    apiKey: undefined,
    tls: undefined,
    trustedProxies: [],
    allowedHosts: [],
    allowedOrigins: [],
    ...options,
  });
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => (closing ??= proxy.close());
  onTestFinished(async () => {
    await close();
    rmSync(home, { recursive: true, force: true });
  });
  return {
    url: proxy.url,
    home,
    configure: (text) => {
      loaded = loadPolicy("config.yaml", text);
      tell();
    },
    events: () => readEvents(join(home, "log")),
    close,
  };
}
