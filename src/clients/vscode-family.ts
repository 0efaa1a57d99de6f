import type { Client, ClientExample, ConfigFile, Where } from "../core/client.ts";
import { inAppSupport, inHome, inProject, joined } from "./places.ts";
import { looseJson } from "./syntaxes.ts";

const servers = [["servers"]];

/** What tells the builds of Visual Studio Code apart. */
export type Build = {
  id: string;
  title: string;
  docs: string;
  /** Its folder among the settings of applications. */
  folder: string;
  /** Where it keeps settings on a machine it reaches over the network. */
  serverFolder: string;
};

/** Visual Studio Code, in one of its builds. */
export function vscodeBuild(build: Build): Client {
  return {
    meta: {
      id: build.id,
      title: build.title,
      docs: build.docs,
      verified: "2026-11-22",
      restart: "reload the window, trust the servers when it asks",
    },
    syntax: looseJson,
    dialect: "command-args",
    files: (where) => filesOf(build, where),
    examples: [exampleOf(build.id)],
  };
}

/** Each profile has a mcp.json of its own. */
function filesOf(build: Build, where: Where): readonly ConfigFile[] {
  const portable = where.env["VSCODE_PORTABLE"];
  const user = portable ? joined(where, portable, "user-data", "User") : inAppSupport(where, build.folder, "User");
  const profiles = joined(where, user, "profiles");
  const folders = [
    user,
    ...where.list(profiles).map((name) => joined(where, profiles, name)),
    inHome(where, build.serverFolder, "data", "User"),
  ];
  return [
    ...folders.map((folder): ConfigFile => ({ path: joined(where, folder, "mcp.json"), scope: "user", servers })),
    ...inProject(where, servers, ".vscode", "mcp.json"),
  ];
}

function exampleOf(id: string): ClientExample {
  return {
    title: "inputs, a comment and a trailing comma",
    before: exampleText(`"command": "npx",\n\t\t\t"args": ["-y", "server-files", "\${workspaceFolder}"],`),
    after: exampleText(
      `"command": "/guard/bin/mcpguard",\n\t\t\t"args": ["wrap", "--client", "${id}", "--server", "files", "--", "npx", "-y", "server-files", "\${workspaceFolder}"],`,
    ),
  };
}

function exampleText(commandLine: string): string {
  return `{
	"inputs": [{ "id": "key", "type": "promptString", "password": true }],
	"servers": {
		/* local */ "files": {
			"type": "stdio",
			${commandLine}
			"env": { "KEY": "\${input:key}" },
		}
	}
}
`;
}
