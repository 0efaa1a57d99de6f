import type { Entry, Step } from "../core/client.ts";
import type { ConfigDocument } from "./discover.ts";
import { planEdit, untouched, type Plan } from "./edit.ts";
import { wrapLength, wrapWords } from "./marker.ts";
import { isSame, type Change, type Past } from "./original.ts";
import { entryText, repointSplices, wrapSplices } from "./rewrite.ts";

export type InstallWish = {
  past: Past;
  /** The words that start mcpguard: the launcher, or node and a script. */
  launcher: readonly string[];
  isWanted(server: string): boolean;
  /** Why an administrator's rules forbid to wrap the entry; undefined where they do not. */
  objection(document: ConfigDocument, entry: Entry, wrapped: readonly string[]): string | undefined;
};

/** Puts mcpguard in front of every local server, or moves it to this launcher. Pure: nothing is written. */
export function planInstall(documents: readonly ConfigDocument[], wish: InstallWish): Plan {
  return documents.map((document) => {
    if (document.problem !== undefined) return untouched(document, []);
    const steps = document.entries.map((entry) => stepFor(document, entry, wish));
    const changes = steps.filter(({ action }) => action !== "keep").map(({ entry }) => change(document, entry, wish));
    return changes.length === 0 ? untouched(document, steps) : planEdit(document, steps, changes, wish.past);
  });
}

function stepFor(document: ConfigDocument, entry: Entry, wish: InstallWish): Step {
  const keep = (why: string): Step => ({ entry, action: "keep", why });
  if (entry.kind === "remote") return keep("remote: not yet protected");
  if (entry.kind === "other") return keep("no command to guard");
  if (!wish.isWanted(entry.name)) return keep(entry.marker ? "already protected" : "not chosen");
  const words = wordsFor(document, entry, wish);
  if (entry.marker === undefined) {
    const objection = wish.objection(document, entry, [...words, ...entry.argv]);
    return objection === undefined ? { entry, action: "wrap", why: "" } : keep(objection);
  }
  const own = entry.argv.slice(0, wrapLength(entry.argv));
  return entry.marker.remote || isSame(own, words)
    ? keep("already protected")
    : { entry, action: "repoint", why: "was set up by another installation" };
}

function change(document: ConfigDocument, entry: Entry, wish: InstallWish): Change {
  if (document.opened === undefined) throw new Error("a file with a problem has no entries");
  const words = wordsFor(document, entry, wish);
  const length = wrapLength(entry.argv);
  const text = entryText(document.opened, entry.path, document.client.dialect);
  const splices = length === 0 ? wrapSplices(text, words) : repointSplices(text, length, words);
  return { entry, splices, argv: [...words, ...entry.argv.slice(length)] };
}

/** An entry that is wrapped already keeps its client, where that client reads the file. */
function wordsFor(document: ConfigDocument, entry: Entry, wish: InstallWish): readonly string[] {
  const named = entry.marker?.client ?? "";
  const client = document.readers.includes(named) ? named : document.client.meta.id;
  return wrapWords(wish.launcher, client, entry.name);
}
