import type { Outcome } from "../../clients/apply.ts";
import type { FilePlan } from "../../clients/edit.ts";
import type { Entry } from "../../core/client.ts";
import { fileDiff } from "./file-diff.ts";

/** One file of a plan as `--json` gives it. */
export type FileReport = {
  client: string;
  title: string;
  path: string;
  scope: string;
  /** `failed` where there is a problem, else whether the file has been, would be or is not changed. */
  state: "written" | "planned" | "unchanged" | "failed";
  /** What must be done before it is written. */
  caution: string | null;
  problem: { code: string; message: string; fix: string } | null;
  servers: readonly { name: string; path: readonly string[]; kind: Entry["kind"]; action: string; why: string }[];
  diff?: string;
};

export function describePlan(file: FilePlan, outcome?: Outcome, withDiff = false): FileReport {
  const { document, steps, edit } = file;
  const problem = outcome === undefined ? file.problem : outcome.problem;
  const { client, path, scope } = document;
  return {
    client: client.meta.id,
    title: client.meta.title,
    path,
    scope,
    state: problem ? "failed" : outcome?.written ? "written" : edit ? "planned" : "unchanged",
    caution: (edit && client.meta.caution) ?? null,
    problem: problem ? { code: problem.code, message: problem.message, fix: problem.fix } : null,
    servers: steps.map(({ entry, action, why }) => ({
      name: entry.name,
      path: entry.path,
      kind: entry.kind,
      action,
      why,
    })),
    ...(withDiff && edit ? { diff: fileDiff(path, edit) } : {}),
  };
}
