import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { addPending, listPending, pendingId } from "../../src/state/pending.ts";
import { readDecisions } from "../../src/state/decisions.ts";
import { bin, guardHome, session, type GuardHome } from "./guard-home.ts";
import { hasTmux, openPane, type Pane } from "./tmux.ts";

let guard: GuardHome;
let pane: Pane | undefined;

beforeEach(() => {
  guard = guardHome();
});

afterEach(async () => {
  await pane?.stop();
  pane = undefined;
  guard.remove();
});

/** Starts `mcpguard tui` below a shell that tells how it ended and in which state the terminal is. */
async function openTui(env: Record<string, string> = {}): Promise<Pane> {
  const run = `sh -c 'echo $$ > "$MCPGUARD_HOME/pid"; exec "${process.execPath}" "${bin}" tui'`;
  const report = `echo "ended with $?"; stty -a | grep -ow icanon; sleep 60`;
  pane = await openPane(`echo before; ${run}; ${report}`, { MCPGUARD_HOME: guard.home, ...env });
  await pane.shows("mcpguard");
  return pane;
}

async function expectRestored(terminal: Pane, exitCode: number): Promise<void> {
  await terminal.shows("icanon");
  const shown = (await terminal.screen()).trimEnd().split("\n");
  expect(shown[0]).toBe("before");
  expect(shown.slice(-2)).toEqual([`ended with ${exitCode}`, "icanon"]);
  expect(await terminal.ask("alternate_on")).toBe("0");
  expect(await terminal.ask("cursor_flag")).toBe("1");
  expect(await terminal.ask("wrap_flag")).toBe("1");
}

function waitingItem(): string {
  const thing = { pinSet: "cursor-files", kind: "tool", name: "write_file", after: '{"name":"write_file"}' } as const;
  const id = pendingId(thing);
  const { id: _, ...facts } = session;
  addPending(guard.home, {
    ...thing,
    ...facts,
    id,
    session: session.id,
    reason: "changed",
    since: new Date().toISOString(),
    before: null,
    findings: [],
  });
  return id;
}

it.skipIf(!hasTmux)("shows, filters, opens, approves and quits on a real terminal (needs tmux)", async () => {
  const terminal = await openTui();
  await terminal.shows("npx mcpguard install");
  expect(await terminal.ask("alternate_on")).toBe("1");

  guard.write({ tool: "list_directory" });
  await terminal.shows("list_directory");
  expect(await terminal.screen()).toMatch(/^\d\d:\d\d:\d\d .+files +← tools\/call list_directory/m);

  const pending = waitingItem();
  const detector = { detector: "rug-pull", rule: "changed", action: "hide", blocked: true } as const;
  guard.write({
    ...detector,
    event_type: "rug_pull",
    tool: "write_file",
    message: "write_file changed",
    details: { pending },
  });
  guard.write({ tool: "read_file" });
  await terminal.shows("HOLD");

  await terminal.keys("/", "write", "Enter");
  await terminal.shows("1 of 3 shown");
  expect(await terminal.screen()).not.toContain("list_directory");
  await terminal.keys("Enter");
  await terminal.shows("waits for you");
  await terminal.shows("rug-pull/changed");
  await terminal.keys("Escape");
  await terminal.shows("1 of 3 shown");

  await terminal.keys("a");
  await terminal.shows("approve tool write_file of files?");
  await terminal.keys("y");
  await terminal.shows("A person approved the changed tool write_file");
  expect(listPending(guard.home)).toEqual([]);
  expect(readDecisions(guard.home, "cursor-files").map(({ id, decision }) => [id, decision])).toEqual([
    [pending, "approve"],
  ]);

  await terminal.keys("?");
  await terminal.shows("back to where you were");
  await terminal.keys("Escape");
  await terminal.resize(70, 18);
  await terminal.resize(130, 40);
  await terminal.shows("SEVERITY");
  await terminal.keys("q");
  await expectRestored(terminal, 0);
});

it.skipIf(!hasTmux)("Ctrl-C restores the terminal (needs tmux)", async () => {
  const terminal = await openTui();
  await terminal.shows("Nothing yet");
  await terminal.keys("C-c");
  await expectRestored(terminal, 0);
});

it.skipIf(!hasTmux)("SIGTERM restores the terminal (needs tmux)", async () => {
  const terminal = await openTui();
  await terminal.shows("Nothing yet");
  process.kill(Number(readFileSync(join(guard.home, "pid"), "utf8")), "SIGTERM");
  await expectRestored(terminal, 0);
});

it.skipIf(!hasTmux)("an error restores the terminal before it is printed (needs tmux)", async () => {
  const planted = "data:text/javascript,setTimeout(() => { throw new Error('planted') }, 2000)";
  const terminal = await openTui({ NODE_OPTIONS: `--import "${planted}"` });
  await terminal.shows("ended with 1");
  expect(await terminal.screen()).toContain("Error: planted");
  expect(await terminal.ask("alternate_on")).toBe("0");
});

it.skipIf(!hasTmux)(
  "text of a server neither moves the cursor nor colours nor renames anything (needs tmux)",
  async () => {
    const terminal = await openTui();
    guard.write({
      tool: "\u001B]0;pwned\u0007\u001B[2J\u001B[5;5Htool",
      message: "\u001B[31mred\u202E\u200Bend\r\u009B7m",
    });
    await terminal.shows("redend");
    expect(await terminal.ask("pane_title")).not.toContain("pwned");
    expect((await terminal.screen()).split("\n")[0]).toMatch(/^ mcpguard/);
  },
);
