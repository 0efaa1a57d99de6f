import { homedir } from "node:os";
import { join, resolve } from "node:path";
import type { CommandModule } from "yargs";
import { dayOf } from "../audit/days.ts";
import { followEvents } from "../audit/follow.ts";
import { decide } from "../state/decisions.ts";
import { homeFolder, placeIn } from "../state/home.ts";
import { listPending } from "../state/pending.ts";
import { recordDecision } from "../session/record-decision.ts";

type Options = { "log-dir": string | undefined };

/** Watches the audit log; on a terminal it is also the place to approve and deny. */
export const command: CommandModule<object, Options> = {
  command: "tui",
  describe: "Watch what is happening, live",
  builder: (args) =>
    args.option("log-dir", {
      type: "string",
      describe: "Folder of the audit log, also one copied from elsewhere [default: <home>/log]",
    }),
  handler: async (options) => {
    const home = homeFolder(process.env, homedir());
    const folder = options["log-dir"] === undefined ? placeIn(home, "log") : resolve(options["log-dir"]);
    const { showFeed } = await import("../tui/show-feed.ts");
    await showFeed(
      {
        watched: short(join(folder, `${dayOf(new Date().toISOString())}.jsonl`)),
        events: (backlog, signal) => followEvents({ folder, signal, backlog }),
        pending: () => listPending(home),
        decide: (id, choice) => decideAndLog(home, id, choice),
      },
      process,
    );
  },
};

async function decideAndLog(home: string, id: string, choice: "approve" | "deny"): Promise<void> {
  recordDecision(placeIn(home, "log"), decide(home, id, choice, Date.now()), () => undefined);
}

function short(path: string): string {
  return path.startsWith(join(homedir(), "/")) ? join("~", path.slice(homedir().length)) : path;
}
