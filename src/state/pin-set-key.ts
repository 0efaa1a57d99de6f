import { createHash } from "node:crypto";

/** Programs that only start another one: where they are installed says nothing about the server. */
const launchers = new Set([
  "node",
  "nodejs",
  "npx",
  "npm",
  "pnpm",
  "pnpx",
  "yarn",
  "bun",
  "bunx",
  "uv",
  "uvx",
  "pipx",
  "deno",
]);

/** `name@1.2.3`, `@scope/name@latest`, `name==1.2`, `npm:name@^1`. */
const packageVersion =
  /^((?:npm:|jsr:)?(?:@[\w.-]+\/)?[\w.-]+(?:\[[\w,-]*\])?)(?:@|==)(?:[\^~>=v]*\d+(?:\.[\dx*]+){0,2}(?:\.?[-+a-z][\w.+-]*)?|[a-z]+)$/i;
/** `image:1.2.3`, `registry:5000/image:latest`, `image@sha256:…`. */
const imageVersion = /^((?:[\w.-]+:\d+\/)?[a-z][\w./-]*)(?::(?:latest|v?\d[\w.-]*))?(?:@sha256:[0-9a-f]+)?$/i;
/** Words of launchers that come before the package. */
const subcommands = new Set(["dlx", "exec", "x", "run", "tool", "--"]);
const packageOption = /^(?:-p|--package|--from|--with|--spec)$/;
const variableOption = /^(?:-e|--env)$/;
/** A folder named after a version, as node and package managers make them. */
const versionFolder = /([\\/])v?\d+\.\d+\.\d+[\w.+-]*(?=[\\/])/g;

/**
 * The name of a server's pin set: the same for the same server after an update or on another node, different for
 * another client, server name, command line or URL. `command` is the program and its arguments.
 */
export function pinSetKey(server: {
  client: string;
  server: string;
  command?: readonly string[] | undefined;
  url?: string | undefined;
}): string {
  const target = server.url === undefined ? canonicalCommand(server.command ?? []) : canonicalUrl(server.url);
  const identity = JSON.stringify([server.client, server.server, target]);
  return createHash("sha256").update(identity).digest("hex").slice(0, 32);
}

function canonicalCommand(line: readonly string[]): string[] {
  const [program = "", ...args] = withoutShell(line);
  const name = program
    .replace(/^.*[\\/]/, "")
    .replace(/\.(?:exe|cmd|bat|ps1)$/i, "")
    .toLowerCase();
  if (name === "docker" || name === "podman") return [name, ...withoutImageVersions(args)];
  if (launchers.has(name)) return [name, ...withoutPackageVersions(args)];
  return [program, ...args].map((part) => part.replace(versionFolder, "$1*"));
}

/** `cmd /c npx …` is how Windows configurations start `npx`. */
function withoutShell(line: readonly string[]): readonly string[] {
  const [program = "", flag = ""] = line;
  return /(?:^|[\\/])cmd(?:\.exe)?$/i.test(program) && /^\/c$/i.test(flag) ? line.slice(2) : line;
}

/** Only the package has a version: `user@host` among the server's own arguments names something else. */
function withoutPackageVersions(args: readonly string[]): string[] {
  let isPackage = true;
  return args.map((arg, index) => {
    const isOptionValue = packageOption.test(args[index - 1] ?? "");
    const mayBePackage = isPackage || isOptionValue;
    if (!arg.startsWith("-") && !isOptionValue && !subcommands.has(arg)) isPackage = false;
    return (mayBePackage ? arg.replace(packageVersion, "$1") : arg).replace(versionFolder, "$1*");
  });
}

/** Of variables the names count, not their values. */
function withoutImageVersions(args: readonly string[]): string[] {
  return args.map((arg, index) => {
    if (variableOption.test(args[index - 1] ?? "")) return arg.replace(/=.*/s, "=");
    return arg.replace(/^(--env=[^=]*=).*/s, "$1").replace(imageVersion, "$1");
  });
}

/** Without what does not name a server: credentials, fragment, and the ways of writing the same URL. */
function canonicalUrl(text: string): string {
  if (!URL.canParse(text)) return text;
  const url = new URL(text);
  url.username = "";
  url.password = "";
  url.hash = "";
  return url.href.replace(/\/$/, "");
}
