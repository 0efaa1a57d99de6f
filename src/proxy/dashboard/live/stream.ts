import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import type { Context } from "../context.ts";
import { html, type Html } from "../html/html.ts";
import type { Question } from "../reading/question.ts";
import { createChanges } from "./changes.ts";
import { sseMessage } from "./sse-message.ts";

/** Changes are gathered for so long; the first look is looked at every fifth time. */
const turnMs = 200;
const turnsPerLook = 5;
/** A line that says nothing keeps what stands between from taking the silence for the end. */
const turnsPerSign = 75;

/** Writes the changes of a page to an SSE response, until `signal` aborts. Waits for a slow reader, and holds at most a page of events. */
export async function stream(
  context: Context,
  question: Question,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  const changes = createChanges(context, question);
  const unsubscribe = await context.follower.subscribe(changes.take);
  const write = async (text: string): Promise<void> => {
    if (!response.write(text)) await once(response, "drain", { signal });
  };
  try {
    for (let turn = 0; !signal.aborted; turn++) {
      const parts: (Html | undefined)[] = [await changes.rows()];
      if (turn % turnsPerLook === 0) parts.push(await changes.firstLook());
      const markup = html`${parts}`.toString();
      if (markup !== "") await write(sseMessage(markup));
      else if (turn % turnsPerSign === 0) await write(":\n\n");
      await pause(turnMs, undefined, { signal });
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    unsubscribe();
  }
}
