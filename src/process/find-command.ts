import { accessSync, constants, readdirSync, statSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";

export type Machine = {
  env: Readonly<Record<string, string | undefined>>;
  home: string;
  platform: string;
  nodePath: string;
};

/** Where version managers and installers put npx, uvx and friends; desktop applications do not have these on PATH. */
function usualFolders({ home, nodePath, platform }: Machine): string[] {
  const inHome = [
    ".local/bin",
    ".volta/bin",
    ".asdf/shims",
    ".local/share/mise/shims",
    ".bun/bin",
    ".deno/bin",
    ".cargo/bin",
    ".pyenv/shims",
    ".fnm/aliases/default/bin",
  ];
  const system = platform === "win32" ? [] : ["/opt/homebrew/bin", "/usr/local/bin", "/usr/bin", "/bin", "/snap/bin"];
  return [dirname(nodePath), ...inHome.map((folder) => join(home, folder)), ...nvmFolders(home), ...system];
}

/** nvm keeps a folder for each version; the newest first. */
function nvmFolders(home: string): string[] {
  const versions = join(home, ".nvm/versions/node");
  try {
    const names = readdirSync(versions).sort((a, b) => b.localeCompare(a, "en", { numeric: true }));
    return names.map((name) => join(versions, name, "bin"));
  } catch {
    return [];
  }
}

/** The folder a bare command stands in, searched where PATH does not reach; undefined where it is nowhere. */
export function findCommand(command: string, machine: Machine): string | undefined {
  if (command.includes("/") || command.includes("\\")) return undefined;
  return usualFolders(machine).find((folder) => isExecutable(join(folder, command)));
}

/** PATH as it is, with the command's and node's folders appended. */
export function repairedPath(folder: string, { env, nodePath }: Machine): string {
  return [env["PATH"], folder, dirname(nodePath)].filter((part) => part !== undefined && part !== "").join(delimiter);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
