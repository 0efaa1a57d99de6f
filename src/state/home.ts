import { join } from "node:path";

/** Where things stand below `<home>`. */
const places = {
  log: ["log"],
  pins: ["state", "pins"],
  pending: ["state", "pending"],
  decisions: ["state", "decisions"],
  oauth: ["state", "oauth"],
} as const;

export type Place = keyof typeof places;

/** The folder mcpguard keeps its things in: `MCPGUARD_HOME`, else `.mcpguard` in the user's home. */
export function homeFolder(env: Readonly<Record<string, string | undefined>>, home: string): string {
  return env["MCPGUARD_HOME"] || join(home, ".mcpguard");
}

/** The path of one of the folders below `home`; nothing is created. */
export function placeIn(home: string, place: Place): string {
  return join(home, ...places[place]);
}
