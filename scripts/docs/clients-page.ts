import { clients } from "../../src/clients/index.ts";
import { platforms, type Client, type Platform, type Scope, type Where } from "../../src/core/client.ts";
import { block, code, page, table } from "./markdown.ts";

const titles = { linux: "Linux", darwin: "macOS", win32: "Windows" };

/** docs/clients.md: which files of which client mcpguard reads and writes, and what it makes of them. */
export function clientsPage(): string {
  const rows = clients.map(({ meta }) => [
    `[${meta.title}](#${meta.id})`,
    code(meta.id),
    meta.restart,
    `[docs](${meta.docs}), compared ${meta.verified}`,
  ]);
  return page(
    "# Clients",
    "`mcpguard install` looks for these clients and rewrites the stdio servers in their files. Project files are read only with `--project`.",
    table(["client", "id", "after install", "configuration"], rows),
    ...clients.map(section),
  );
}

function section(client: Client): string {
  const [{ title, before, after }] = client.examples;
  const language = client.syntax.language === "toml" ? "toml" : "jsonc";
  return [
    `<a id="${client.meta.id}"></a>\n## ${client.meta.title}`,
    table(["file", "scope"], fileRows(client)),
    `Before (${title}):`,
    block(language, before),
    "After:",
    block(language, after),
  ].join("\n\n");
}

function fileRows(client: Client): string[][] {
  const found = new Map<string, { platforms: Platform[]; scope: Scope }>();
  for (const platform of platforms) {
    for (const file of client.files(machine(platform))) {
      const path = file.path.startsWith("%") ? file.path : file.path.replaceAll("\\", "/");
      const known = found.get(path);
      if (known === undefined) found.set(path, { platforms: [platform], scope: file.scope });
      else known.platforms.push(platform);
    }
  }
  return [...found].map(([path, { platforms: on, scope }]) => {
    const where = on.length === platforms.length ? "" : ` (${on.map((platform) => titles[platform]).join(", ")})`;
    return [code(path) + where, scope];
  });
}

/** A machine on which paths come out as people write them. */
function machine(platform: Platform): Where {
  const env =
    platform === "win32" ? { APPDATA: "%APPDATA%", LOCALAPPDATA: "%LOCALAPPDATA%", ProgramData: "%ProgramData%" } : {};
  return {
    home: "~",
    platform,
    env,
    project: "<project>",
    list: () => ["<name>"],
  };
}
