import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { apply, type Outcome } from "../../src/clients/apply.ts";
import { discover } from "../../src/clients/discover.ts";
import type { Plan } from "../../src/clients/edit.ts";
import { clients } from "../../src/clients/index.ts";
import { planInstall } from "../../src/clients/plan.ts";
import { planUninstall } from "../../src/clients/restore.ts";
import type { Where } from "../../src/core/client.ts";
import { Journal } from "../../src/state/journal.ts";

/** A home folder of its own for one test, with what the commands do in it. */
export type Sandbox = {
  home: string;
  guard: string;
  where: Where;
  journal: Journal;
  put(path: string, text: string): string;
  read(path: string): string;
  planInstall(): Plan;
  planUninstall(isWanted?: (server: string) => boolean): Plan;
  install(): readonly Outcome[];
  uninstall(isWanted?: (server: string) => boolean): readonly Outcome[];
};

export function sandbox(env: Record<string, string> = {}): Sandbox {
  const home = mkdtempSync(join(tmpdir(), "mcpguard-clients-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const guard = join(home, ".mcpguard");
  const where: Where = { home, platform: "linux", env, project: undefined, list: namesIn };
  const journal = new Journal(guard);
  const found = () =>
    discover(
      where,
      clients,
      Object.entries(journal.files()).map(([path, record]) => ({ ...record, path })),
    );
  const planned = (): Plan =>
    planInstall(found(), {
      past: journal.read(),
      launcher: [join(guard, "bin", "mcpguard")],
      isWanted: () => true,
      objection: () => undefined,
    });
  const plannedBack = (isWanted: (server: string) => boolean = () => true): Plan =>
    planUninstall(found(), journal.read(), isWanted);
  return {
    home,
    guard,
    where,
    journal,
    put: (path, text) => {
      mkdirSync(dirname(join(home, path)), { recursive: true });
      writeFileSync(join(home, path), text);
      return join(home, path);
    },
    read: (path) => readFileSync(join(home, path), "utf8"),
    planInstall: planned,
    planUninstall: plannedBack,
    install: () => apply(planned(), journal, guard),
    uninstall: (isWanted) => apply(plannedBack(isWanted), journal, guard),
  };
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
