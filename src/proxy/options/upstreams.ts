import { GuardError } from "../../core/errors.ts";
import type { ProxyKeys, ServerKeys } from "../../policy/schema-proxy.ts";
import type { AgentOptions, OAuthLogin, UpstreamOptions } from "../proxy-options.ts";
import { oneServer } from "./one-server.ts";
import { splitWords } from "./split-words.ts";

/** Of the only one, in events, pins and `servers:`. */
const ONLY = "default";

/** Every server behind the proxy, that of `--target` or a command first. `layers` are as in `oneServer`. */
export function upstreams(layers: readonly ProxyKeys[], keys: ProxyKeys): readonly UpstreamOptions[] {
  const one = oneServer(layers);
  const named = Object.entries(keys.upstreams ?? {});
  const found: UpstreamOptions[] = [];
  if (one !== undefined) found.push(upstream(ONLY, "", { ...keys, target: undefined, command: undefined, ...one }));
  for (const [name, given] of named) {
    if (one !== undefined && name === ONLY) throw taken();
    const own = typeof given === "string" ? fromText(given) : given;
    found.push(upstream(name, `/s/${name}`, { shared: keys.shared, keep_grpc: keys.keep_grpc, ...own }));
  }
  return found;
}

function upstream(name: string, mount: string, keys: LooseServerKeys): UpstreamOptions {
  return {
    name,
    mount,
    server: keys.target === undefined ? processOf(name, keys) : { target: new URL(keys.target) },
    protocol: keys.protocol,
    oauth: loginOf(keys.oauth),
    keepGrpc: keys.keep_grpc ?? false,
    ...(keys.agent === undefined ? {} : { agent: agentOf(keys.agent) }),
  };
}

function agentOf(agent: NonNullable<ServerKeys["agent"]>): AgentOptions {
  return {
    interfaceHosts: agent.interface_hosts ?? [],
    trust: { keys: agent.card_keys, keyUrls: agent.card_key_urls ?? [] },
    signCards: agent.sign_cards ?? false,
  };
}

type LooseServerKeys = Omit<ServerKeys, "command"> & { command?: string | readonly string[] | undefined };

function processOf(
  name: string,
  { command = [], env = {}, shared = false }: LooseServerKeys,
): UpstreamOptions["server"] {
  const words = typeof command === "string" ? splitWords(command) : command;
  if (words === undefined)
    throw new GuardError(
      "USAGE",
      `A quote in the command of ${name} has no end`,
      "Close it, or write a list of words.",
    );
  if ((words[0] ?? "") === "")
    throw new GuardError("USAGE", `The command of ${name} is empty`, "Name the program to start.");
  const variables = Object.entries(env).map(([key, value]) => [key, String(value)] as const);
  return { command: words, env: Object.fromEntries(variables), shared };
}

/** The schema has seen to it that what has a scheme is a URL. */
function fromText(text: string): LooseServerKeys {
  return /^https?:\/\//i.test(text) ? { target: text } : { command: text };
}

function loginOf(oauth: ServerKeys["oauth"]): OAuthLogin | undefined {
  if (oauth === undefined) return undefined;
  if (typeof oauth === "string") return { mode: oauth };
  const { mode, client_id: clientId, client_secret: clientSecret, scopes, issuer, grant } = oauth;
  const client = {
    ...(clientId === undefined ? {} : { clientId }),
    ...(clientSecret === undefined ? {} : { clientSecret }),
    ...(issuer === undefined ? {} : { issuer }),
  };
  if (mode === "facade") return { mode, ...client };
  if (grant === "client_credentials" && (clientId === undefined || clientSecret === undefined)) throw noSecret();
  return {
    mode,
    ...client,
    ...(scopes === undefined ? {} : { scopes }),
    ...(grant === undefined ? {} : { grant }),
  };
}

function noSecret(): GuardError {
  return new GuardError(
    "USAGE",
    "A login with client_credentials has no client_id or no client_secret",
    "Set both in oauth, or leave grant out so that a person logs in.",
  );
}

function taken(): GuardError {
  return new GuardError(
    "USAGE",
    `An upstream is named ${ONLY}, as is the one of target or command`,
    "Give the upstream another name.",
  );
}
