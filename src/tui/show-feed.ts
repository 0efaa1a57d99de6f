import { followPlainly } from "./plain-feed.ts";
import type { Source } from "./source.ts";
import { stopSignal } from "./stop-signal.ts";
import { hasUnicode } from "./theme.ts";

/** Shows the feed until the person has seen enough: on the whole terminal, or as plain lines where there is none. */
export async function showFeed(source: Source, { stdin, stdout, env, platform }: NodeJS.Process): Promise<void> {
  const unicode = hasUnicode(env, platform);
  const { stop, release } = stopSignal();
  try {
    if (!stdin.isTTY || !stdout.isTTY || env["TERM"] === "dumb")
      return await followPlainly(source, stdout, unicode, stop);
    const { showFullScreen } = await import("./full-screen.tsx");
    await showFullScreen(source, { stdin, stdout, unicode }, stop);
  } finally {
    release();
  }
}
