import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CommandModule } from "yargs";
import { tellStory } from "./demo/story.ts";

/** Where the build put the command's own files. */
const dist = import.meta.dirname;

export const command: CommandModule = {
  command: "demo",
  describe: "Watch a staged attack through the real shim, touching nothing of yours",
  builder: (yargs) =>
    yargs.usage(
      "$0 demo\n\nA poisoned server and a scripted client meet in a temporary folder, which is removed at the end.",
    ),
  handler: async () => {
    const home = await mkdtemp(join(tmpdir(), "mcpguard-demo-"));
    try {
      await tellStory({ home, dist, say: (line) => process.stdout.write(`${line}\n`) });
    } finally {
      await rm(home, { recursive: true, force: true });
    }
  },
};
