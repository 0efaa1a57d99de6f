import { GuardError } from "../../core/errors.ts";
import type { ProxyKeys } from "../../policy/schema-proxy.ts";
import type { PolicySource, ProxyOptions } from "../proxy-options.ts";
import { defaults } from "./defaults.ts";
import { upstreams } from "./upstreams.ts";

export type Given = {
  /** mcpguard's home folder. */
  home: string;
  /** Each checked by itself, the closest first: flags, environment, file. */
  layers: readonly ProxyKeys[];
  policies: PolicySource;
  apiKey: string | undefined;
  /** Ready to be written to. */
  logFolder: string;
  /** An absolute path for one that a person wrote. */
  pathOf(written: string): string;
};

/** Everything the proxy is to know, with defaults filled in. Throws GuardError for what does not fit together. */
export function completeOptions({ home, layers, policies, apiKey, logFolder, pathOf }: Given): ProxyOptions {
  const keys = mergedKeys(layers);
  const [first, ...others] = upstreams(layers, keys);
  if (first === undefined)
    throw new GuardError("USAGE", "There is no server behind the proxy", "Name one with --target or -- COMMAND ARGS…");
  return {
    home,
    host: (keys.host ?? defaults.host).replace(/^\[(.*)\]$/, "$1"),
    port: keys.port ?? defaults.port,
    upstreams: [first, ...others],
    policies,
    ...pathsOf(keys),
    logFolder,
    apiKey,
    tls: tlsOf(keys, pathOf),
    cacheTtl: keys.cache_ttl ?? defaults.cacheTtl,
    maxBodySize: keys.max_body_size ?? defaults.maxBodySize,
    maxSseConnections: keys.max_sse_connections ?? defaults.maxSseConnections,
    requestTimeout: keys.request_timeout ?? defaults.requestTimeout,
    stdioTimeout: keys.request_timeout ?? defaults.stdioTimeout,
    trustedProxies: keys.trusted_proxies ?? [],
    allowedHosts: keys.allowed_hosts ?? [],
    allowedOrigins: keys.allowed_origins ?? [],
    rateLimitStatus: keys.rate_limit_status ?? defaults.rateLimitStatus,
  };
}

/** What is said closer goes before what is said further away; only variables add up. */
export function mergedKeys(layers: readonly ProxyKeys[]): ProxyKeys {
  const furthestFirst = layers.toReversed();
  const env: ProxyKeys["env"] = Object.assign({}, ...furthestFirst.map((layer) => layer.env));
  return { ...Object.assign({}, ...furthestFirst), env };
}

function tlsOf({ tls_cert_path: cert, tls_key_path: key }: ProxyKeys, pathOf: Given["pathOf"]): ProxyOptions["tls"] {
  if (cert === undefined && key === undefined) return undefined;
  if (cert !== undefined && key !== undefined) return { certPath: pathOf(cert), keyPath: pathOf(key) };
  const [given, missing] = cert === undefined ? ["key", "certificate"] : ["certificate", "key"];
  throw new GuardError(
    "USAGE",
    `There is a TLS ${given} but no ${missing}`,
    "Give both --tls-cert and --tls-key, or neither.",
  );
}

/** What the proxy answers itself, whatever is behind it. */
const reserved = /^\/(health(\/ready)?|metrics|mcp|_mcpguard(\/.*)?|s(\/.*)?)?$/;

function pathsOf(keys: ProxyKeys): Pick<ProxyOptions, "ssePath" | "messagesPath"> {
  const ssePath = keys.sse_path ?? defaults.ssePath;
  const messagesPath = keys.messages_path ?? defaults.messagesPath;
  const problem = [ssePath, messagesPath].find((path) => reserved.test(path));
  if (problem !== undefined)
    throw new GuardError("USAGE", `The path ${problem} has another use in the proxy`, "Choose another path.");
  if (ssePath.replace(/\/$/, "") === messagesPath.replace(/\/$/, ""))
    throw new GuardError("USAGE", `The stream and its messages have one path, ${ssePath}`, "Choose two paths.");
  return { ssePath, messagesPath };
}
