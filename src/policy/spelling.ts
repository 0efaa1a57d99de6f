/** Other names of keys, in snake case. */
export const otherNames: Readonly<Record<string, string>> = {
  allowlisted_tools: "allow",
  allowlist: "allow",
  denylisted_tools: "deny",
  denylist: "deny",
  listen_host: "host",
  listen_port: "port",
  target_url: "target",
  url: "target",
  cmd: "command",
  tls_cert: "tls_cert_path",
  tls_key: "tls_key_path",
  allowed_host: "allowed_hosts",
  allowed_origin: "allowed_origins",
  trusted_proxy: "trusted_proxies",
  config: "config_path",
};

/** A key however it is written (`rateLimit`, `rate-limit`, `--rate-limit`) as the schema names it. */
export function canonicalKey(key: string): string {
  const snake = key
    .replace(/^--/, "")
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replaceAll("-", "_")
    .toLowerCase();
  return Object.hasOwn(otherNames, snake) ? (otherNames[snake] ?? snake) : snake;
}
