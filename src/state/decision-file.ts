import { join } from "node:path";
import { placeIn } from "./home.ts";

/** Decisions stand by pin set, so that a shim looks at one small folder. */
export function decisionFolder(home: string, pinSet: string): string {
  return join(placeIn(home, "decisions"), pinSet);
}

export function decisionFile(home: string, pinSet: string, id: string): string {
  return join(decisionFolder(home, pinSet), `${id}.json`);
}
