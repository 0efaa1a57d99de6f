import type { Policy } from "../core/policy.ts";
import { maskSecrets } from "../detectors/secrets/mask-secrets.ts";
import type { ProxyOptions, UpstreamOptions } from "./proxy-options.ts";

export type Banner = { lines: readonly string[]; json: object };

/** What a running proxy says of itself at start: lines for a person, or one document. No secrets, and no arguments. */
export function banner(options: ProxyOptions, url: string, warnings: readonly string[], version: string): Banner {
  const dashboard = new URL("/_mcpguard/", reachable(url)).href;
  const upstreams = options.upstreams.map((upstream) => facts(upstream, url, options));
  const key = options.apiKey === undefined ? "none: whoever reaches it may use it" : "wanted from callers";
  const lines = [
    `mcpguard proxy listening on ${url}`,
    ...upstreams.map(({ url: at, server }) => row("server", `${server} at ${at}`)),
    ...ruleRows(upstreams),
    row("API key", key),
    row("log", options.logFolder),
    row("dashboard", dashboard),
    ...warnings.map((warning) => `  warning: ${warning}`),
  ];
  const json = {
    event: "listening",
    url,
    version,
    pid: process.pid,
    upstreams,
    api_key: options.apiKey !== undefined,
    tls: options.tls !== undefined,
    log_dir: options.logFolder,
    dashboard,
    warnings,
  };
  return { lines, json };
}

/** An address to open, where the proxy listens on all addresses. */
export function reachable(url: string): string {
  return url.replace(/\/\/(0\.0\.0\.0|\[::\])(?=[:/]|$)/, "//localhost");
}

type Facts = { name: string; url: string; server: string; preset: string; rate_limits: string[] };

function facts(upstream: UpstreamOptions, url: string, { policies }: ProxyOptions): Facts {
  const policy = policies.policyFor(upstream.name);
  const path = "target" in upstream.server ? `${upstream.mount}/` : `${upstream.mount}/mcp`;
  return {
    name: upstream.name,
    url: `${url.replace(/\/$/, "")}${path}`,
    server: serverText(upstream.server),
    preset: policy.preset,
    rate_limits: policy.rateLimits.map(limitText),
  };
}

/** Arguments and queries may hold keys. */
function serverText(server: UpstreamOptions["server"]): string {
  if ("target" in server) {
    const { origin, pathname, search } = server.target;
    return `${origin}${maskSecrets(pathname).replace(/\/$/, "")}${search === "" ? "" : "?…"}`;
  }
  const [program = "", ...rest] = server.command;
  const count = rest.length === 0 ? "" : ` (and ${rest.length} ${rest.length === 1 ? "argument" : "arguments"})`;
  return `${program}${count}${server.shared ? ", one for all sessions" : ""}`;
}

function limitText({ method, limit, windowMs }: Policy["rateLimits"][number]): string {
  return `${limit} calls of ${method === "*" ? "a method" : method} in ${windowMs / 1000} s`;
}

/** One row where all have the same rules, else one for each. */
function ruleRows(upstreams: readonly Facts[]): string[] {
  const texts = upstreams.map(({ preset, rate_limits: limits }) => [preset, ...limits].join("; "));
  const [first = ""] = texts;
  if (texts.every((text) => text === first)) return [row("rules", first)];
  return upstreams.map(({ name }, index) => row("rules", `${name}: ${texts[index] ?? ""}`));
}

function row(label: string, text: string): string {
  return `  ${label.padEnd(11)}${text}`;
}
