import { posix, win32 } from "node:path";
import type { ConfigFile, Where } from "../core/client.ts";

/** A path as the platform in question writes it, whichever platform this runs on. */
export function joined(where: Where, ...parts: readonly string[]): string {
  return (where.platform === "win32" ? win32 : posix).join(...parts);
}

export function inHome(where: Where, ...parts: readonly string[]): string {
  return joined(where, where.home, ...parts);
}

/** Where applications keep their settings: Application Support, `%APPDATA%` or `~/.config`. */
export function inAppSupport(where: Where, ...parts: readonly string[]): string {
  if (where.platform === "darwin") return inHome(where, "Library", "Application Support", ...parts);
  if (where.platform === "linux") return inXdgConfig(where, ...parts);
  return joined(where, where.env["APPDATA"] || inHome(where, "AppData", "Roaming"), ...parts);
}

/** `~/.config`, as programs of Unix descent use it on every platform. */
export function inXdgConfig(where: Where, ...parts: readonly string[]): string {
  return joined(where, where.env["XDG_CONFIG_HOME"] || inHome(where, ".config"), ...parts);
}

export function inLocalAppData(where: Where, ...parts: readonly string[]): string {
  return joined(where, where.env["LOCALAPPDATA"] || inHome(where, "AppData", "Local"), ...parts);
}

/** A file in the project folder; none where no project is looked at. */
export function inProject(
  where: Where,
  servers: ConfigFile["servers"],
  ...parts: readonly string[]
): readonly ConfigFile[] {
  if (where.project === undefined) return [];
  return [{ path: joined(where, where.project, ...parts), scope: "project", servers }];
}
