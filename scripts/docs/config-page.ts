import { isObject, stringAt, type JsonObject, type JsonValue } from "../../src/core/json.ts";
import { otherNames } from "../../src/policy/spelling.ts";
import { configKeys } from "./config-schema.ts";
import { block, code, page, table } from "./markdown.ts";

/** A configuration that uses most keys; a test loads it without a warning. */
export const exampleConfig = `preset: balanced
deny: [delete_*, "method:sampling/*"]
rate_limits:
  - { method: tools/call, limit: 60, window: 60 }
detectors:
  prompt-injection: block        # a phrase alone is enough
tools:
  search_*:
    prompt-injection: log        # what the web says is only reported
servers:
  github:
    preset: strict
    allow: [get_*, list_*, search_*]
suppressions:
  - { rule: tool-poisoning, server: notes, tool: read_note }
`;

/** Several upstreams; a test loads it without a warning. */
export const exampleUpstreams = `upstreams:
  files: npx -y @modelcontextprotocol/server-filesystem /srv/files
  search: https://mcp.example.com/mcp
  crm:
    url: https://crm.example.com/mcp
    oauth: client                 # the proxy logs in and keeps the tokens
  planner:
    url: http://localhost:9000
    protocol: a2a
  build:
    command: [node, "/srv/build server/index.js"]
    env: { LEVEL: 3 }
    shared: true                  # one process for all sessions
servers:
  crm:
    preset: strict
`;

const words: Readonly<Record<string, string>> = {
  string: "text",
  boolean: "true or false",
  integer: "whole number",
  object: "map",
};

/** docs/config.md: every key of the configuration file. */
export function configPage(): string {
  const keys = Object.entries(configKeys());
  const ofProxy = keys.findIndex(([key]) => key === "servers") + 1;
  return page(
    "# Configuration",
    "mcpguard needs no configuration. To change what it does, write `~/.mcpguard/config.yaml` (or `.yml`, `.json`, `.jsonc`, `.json5`); running shims take it up within two seconds, and so does a proxy started with `--hot-reload`. An invalid file is reported with file, line and column, and the rules before it stay.",
    block("yaml", exampleConfig),
    "Keys may also be written in camelCase or with hyphens. Unknown keys are reported and ignored; wrong types are refused. `config.schema.json` beside this page is the JSON schema for editors. Where names are compared, `*` stands for any characters and `?` for one; a name without them must match exactly.",
    "## Keys",
    rowsOf(keys.slice(0, ofProxy)),
    "For a server, all entries of `servers` that match its name are laid over the file's own keys, in order: values replace, `deny`, `rate_limits` and `suppressions` add up, `detectors` and `tools` are merged.",
    "## Keys of the proxy",
    "For `mcpguard proxy` ([proxy.md](proxy.md)), whose flags and variables go before them. The shim accepts and ignores them, so that one file can serve both. Relative paths start in the folder the proxy is started in, as on the command line.",
    rowsOf(keys.slice(ofProxy)),
    "Several servers behind one port:",
    block("yaml", exampleUpstreams),
    "## Other names",
    table(
      ["name", "means"],
      Object.entries(otherNames).map(([name, key]) => [code(name), code(key)]),
    ),
  );
}

function rowsOf(keys: readonly (readonly [string, JsonObject])[]): string {
  return table(
    ["key", "value", "meaning"],
    keys.map(([key, schema]) => [code(key), valueOf(schema), stringAt(schema, "description") ?? ""]),
  );
}

/** What to write, in a word or two. */
function valueOf(schema: JsonValue): string {
  if (!isObject(schema)) return "";
  const { enum: choices, anyOf, const: only } = schema;
  if (typeof only === "number") return String(only);
  if (Array.isArray(choices)) return choices.filter((choice) => typeof choice === "string").join(", ");
  if (Array.isArray(anyOf)) return anyOf.map(valueOf).join(" or ");
  if (stringAt(schema, "type") === "array")
    return stringAt(schema, "items", "type") === "object" ? "list of objects" : "list of texts";
  const type = stringAt(schema, "type") ?? "";
  return words[type] ?? type;
}
