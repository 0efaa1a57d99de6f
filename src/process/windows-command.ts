import { existsSync } from "node:fs";
import { win32 } from "node:path";

export type Invocation = { file: string; args: readonly string[]; verbatim: boolean };

/**
 * What to start on Windows for a command as a client's configuration names it. `.cmd` and `.bat`
 * files run only through cmd.exe, which reads `^ & | < > % "` anew: every argument is escaped for
 * it, twice where a batch file passes its arguments on (CVE-2024-27980).
 */
export function windowsCommand(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  exists = existsSync,
): Invocation {
  const resolved = resolve(command, env, exists);
  if (resolved === undefined || !/\.(cmd|bat)$/i.test(resolved))
    return { file: resolved ?? command, args, verbatim: false };
  const line = [escapeMeta(win32.normalize(resolved)), ...args.map((arg) => escapeMeta(escapeMeta(quote(arg))))].join(
    " ",
  );
  return { file: env["comspec"] ?? env["ComSpec"] ?? "cmd.exe", args: ["/d", "/s", "/c", `"${line}"`], verbatim: true };
}

function resolve(
  command: string,
  env: Readonly<Record<string, string | undefined>>,
  exists: (path: string) => boolean,
): string | undefined {
  const extensions = (env["PATHEXT"] ?? ".COM;.EXE;.BAT;.CMD").split(";");
  const names =
    win32.extname(command) === "" ? extensions.map((extension) => command + extension.toLowerCase()) : [command];
  if (/[\\/]/.test(command)) return names.find(exists);
  for (const folder of (env["Path"] ?? env["PATH"] ?? "").split(";")) {
    const found = names.map((name) => win32.join(folder, name)).find(exists);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Quotes for the receiving program's own parser (CommandLineToArgvW). */
function quote(argument: string): string {
  const inner = argument.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\*)$/, "$1$1");
  return `"${inner}"`;
}

function escapeMeta(text: string): string {
  return text.replace(/([()\][%!^"`<>&|;, *?])/g, "^$1");
}
