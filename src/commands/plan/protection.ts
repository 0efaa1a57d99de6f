import type { FilePlan } from "../../clients/edit.ts";
import type { ConfigFile, Step } from "../../core/client.ts";
import type { Reading } from "../../state/journal.ts";

/** How one server stands, for `status` and `doctor`. */
export type Protection = {
  name: string;
  path: readonly string[];
  /** The folder for which a client's own file names the server; null where it is for all. */
  project: string | null;
  kind: Step["entry"]["kind"];
  protected: boolean;
  why: string;
};

/** What `install` would do tells how each server stands now. */
export function protectionOf({ document, steps }: FilePlan, past: Reading): readonly Protection[] {
  const record = past.record(document.real);
  return steps.map(({ entry, action, why }) => {
    const { name, path, kind, marker } = entry;
    const facts = { name, path, project: projectOf(path, document.servers), kind, protected: marker !== undefined };
    if (marker !== undefined) return { ...facts, why: action === "repoint" ? why : "" };
    if (action !== "wrap") return { ...facts, why };
    const wasWrapped = record?.entries.some((known) => known.path.join("\0") === path.join("\0"));
    return {
      ...facts,
      why: wasWrapped ? `${document.client.meta.title} or someone else took the protection away` : "not installed yet",
    };
  });
}

/** What a `*` of the pattern stands for. */
function projectOf(path: readonly string[], patterns: ConfigFile["servers"]): string | null {
  const fixed = new Set(patterns.flat());
  return path.slice(0, -1).find((step) => !fixed.has(step)) ?? null;
}

/** A server's name, with the project where it has one. */
export function labelOf({ name, project }: Pick<Protection, "name" | "project">): string {
  return project === null ? name : `${name} (${project})`;
}
