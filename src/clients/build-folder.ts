import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { errorCode, GuardError } from "../core/errors.ts";
import { isObject, stringAt } from "../core/json.ts";

const parts = ["package.json", "bin", "dist"];
const keptDays = 30;

/** The folder this program runs from: the package's, a clone's, or one below `<home>/lib`. */
export function ownFolder(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, "package.json")) && manifest(folder).name === "mcpguard") return folder;
    if (folder === dirname(folder)) throw notBuilt(folder);
  }
}

/** The name a copy of the build gets: equal builds have equal names. */
export function buildName(source: string): string {
  if (!existsSync(join(source, "dist", "wrap.cjs"))) throw notBuilt(source);
  const hash = createHash("sha256");
  for (const file of filesIn(source)) hash.update(`${file}\0`).update(readFileSync(join(source, file)));
  return `${manifest(source).version}-${hash.digest("hex").slice(0, 12)}`;
}

/** Copies the build into `<home>/lib`, where no package manager removes it, unless it is there. Gives its path. */
export function copyBuild(source: string, home: string): string {
  const target = join(home, "lib", buildName(source));
  if (isWhole(target)) return target;
  const temporary = `${target}.${process.pid}.tmp`;
  rmSync(temporary, { recursive: true, force: true });
  mkdirSync(temporary, { recursive: true, mode: 0o700 });
  try {
    for (const part of parts) cpSync(join(source, part), join(temporary, part), { recursive: true });
    if (existsSync(target) && !isWhole(target)) rmSync(target, { recursive: true, force: true });
    renameSync(temporary, target);
  } catch (error) {
    // Another install was faster.
    if (!isWhole(target)) throw error;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
  return target;
}

/** True for a copy in which no file is missing or changed: its name tells what must be in it. */
export function isWhole(folder: string): boolean {
  try {
    return buildName(folder) === basename(folder);
  } catch {
    return false;
  }
}

/** Marks a build as used now. */
export function markUsed(folder: string, now: Date): void {
  if (existsSync(folder)) utimesSync(folder, now, now);
}

/** Removes builds that were not used for 30 days, and half copies of killed runs. */
export function removeOldBuilds(home: string, current: string, now: Date): void {
  const lib = join(home, "lib");
  for (const name of readdirSync(lib)) {
    const folder = join(lib, name);
    const days = (now.getTime() - modified(folder)) / 86_400_000;
    if (folder !== current && days > (name.endsWith(".tmp") ? 1 : keptDays))
      rmSync(folder, { recursive: true, force: true });
  }
}

function filesIn(source: string): readonly string[] {
  const files = parts.flatMap((part) => {
    if (statSync(join(source, part)).isFile()) return [part];
    const names = readdirSync(join(source, part), { recursive: true, encoding: "utf8" });
    return names.map((name) => join(part, name)).filter((name) => statSync(join(source, name)).isFile());
  });
  return files.sort();
}

function manifest(folder: string): { name: string | undefined; version: string } {
  const value: unknown = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  if (!isObject(value)) return { name: undefined, version: "0" };
  return { name: stringAt(value, "name"), version: stringAt(value, "version") ?? "0" };
}

function modified(folder: string): number {
  try {
    return statSync(folder).mtimeMs;
  } catch (error) {
    if (errorCode(error) === "ENOENT") return 0;
    throw error;
  }
}

function notBuilt(folder: string): GuardError {
  return new GuardError(
    "NOT_BUILT",
    `${folder} holds no built mcpguard`,
    "Run npm ci (or npm run build) in the clone.",
  );
}
