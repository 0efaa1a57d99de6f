import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa, execaSync } from "execa";
import { expect, vi } from "vitest";

export const hasTmux = execaSync("tmux", ["-V"], { reject: false }).exitCode === 0;

export type Pane = {
  /** What the terminal shows. */
  screen(): Promise<string>;
  /** Waits until the terminal shows `text`. */
  shows(text: string): Promise<void>;
  keys(...keys: readonly string[]): Promise<void>;
  resize(columns: number, rows: number): Promise<void>;
  /** A variable of tmux, like `alternate_on`. */
  ask(name: string): Promise<string>;
  stop(): Promise<void>;
};

/** A real terminal of 100 x 30 that runs `command`; its tmux server is its own. */
export async function openPane(command: string, env: Record<string, string>): Promise<Pane> {
  const folder = mkdtempSync(join(tmpdir(), "mcpguard-tmux-"));
  const tmux = async (...args: readonly string[]): Promise<string> => {
    const { stdout } = await execa("tmux", ["-u", "-S", join(folder, "s"), "-f", "/dev/null", ...args], {
      env: { LC_ALL: "C.UTF-8", TERM: "xterm-256color", ...env },
      stripFinalNewline: false,
    });
    return stdout;
  };
  await tmux("new-session", "-d", "-x", "100", "-y", "30", command);
  const screen = (): Promise<string> => tmux("capture-pane", "-p");
  return {
    screen,
    shows: (text) => vi.waitFor(async () => expect(await screen()).toContain(text), { timeout: 15_000, interval: 50 }),
    keys: async (...keys) => void (await tmux("send-keys", ...keys)),
    resize: async (columns, rows) => void (await tmux("resize-window", "-x", `${columns}`, "-y", `${rows}`)),
    ask: async (name) => (await tmux("display-message", "-p", `#{${name}}`)).trim(),
    async stop() {
      await tmux("kill-server").catch(() => undefined);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
