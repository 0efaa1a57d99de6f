import { once } from "node:events";
import { toRow, type Row } from "../audit/feed/row.ts";
import { asciiGlyphs, unicodeGlyphs } from "./theme.ts";
import type { Source } from "./source.ts";
import { verdictOf } from "../audit/feed/verdict.ts";

/** As many as the screen keeps. */
const BACKLOG = 10_000;

/** The feed where there is no screen: one harmless line for each event, until `stop` is aborted or nobody reads. */
export async function followPlainly(
  source: Source,
  out: NodeJS.WritableStream,
  unicode: boolean,
  stop: AbortController,
): Promise<void> {
  const { signal } = stop;
  out.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") process.exitCode = 1;
    stop.abort();
  });
  for await (const events of source.events(BACKLOG, signal)) {
    const text = events.map((event) => `${plainLine(toRow(event, unicode), unicode)}\n`).join("");
    if (!out.write(text)) await once(out, "drain", { signal }).catch(() => undefined);
    if (signal.aborted) return;
  }
}

/** `14:02:12  BLOCK   high      github  <-  tools/call  create_issue  what happened`; `-` where there is nothing. */
function plainLine(row: Row, unicode: boolean): string {
  const { toServer, toClient } = unicode ? unicodeGlyphs : asciiGlyphs;
  const way = { "to-server": toServer, "to-client": toClient, none: "-" }[row.event.direction ?? "none"];
  const word = verdictOf(row.event, row.pending !== undefined).padEnd(6);
  const cells = [row.time, word, row.severity.padEnd(8), row.server, way, row.method, row.tool, row.what];
  return cells.map((cell) => cell || "-").join("  ");
}
