import { render } from "ink";
import { App } from "./app.tsx";
import { Canvas } from "./canvas.ts";
import { clipboardSequence } from "./clipboard.ts";
import { createController, type Actions } from "./controller.ts";
import { createFeedStore, type FeedStore } from "./feed-store.ts";
import { initialModel } from "./model.ts";
import type { Source } from "./source.ts";
import { asciiGlyphs, unicodeGlyphs } from "./theme.ts";

const CAPACITY = 10_000;
/** Decisions made elsewhere (another terminal, the command line) show after this time. */
const PENDING_MS = 1000;

type Terminal = { stdin: NodeJS.ReadStream; stdout: NodeJS.WriteStream; unicode: boolean };

/** The feed on the whole terminal until the person quits or `stop` is aborted; the terminal is as before then. */
export async function showFullScreen(source: Source, terminal: Terminal, stop: AbortController): Promise<void> {
  if (stop.signal.aborted) return;
  const { stdin, stdout, unicode } = terminal;
  const canvas = new Canvas(stdout);
  const store = createFeedStore({ capacity: CAPACITY, unicode });
  const model = initialModel(canvas, unicode ? unicodeGlyphs : asciiGlyphs, unicode);
  const controller = createController(store, model, actionsOf(source, store, stdout, stop));
  const onResize = (): void => {
    canvas.forget();
    controller.resize(canvas.columns, canvas.rows);
  };
  const close = (): void => canvas.close();
  process.once("exit", close).once("uncaughtExceptionMonitor", close);
  canvas.open();
  const app = render(<App controller={controller} watched={source.watched} />, inkOptions(canvas, stdin));
  stdout.on("resize", onResize).on("error", () => stop.abort());
  stop.signal.addEventListener("abort", () => app.unmount());
  try {
    await Promise.all([app.waitUntilExit(), feed(source, store, stop)]);
  } finally {
    stop.abort();
    stdout.off("resize", onResize);
    close();
    store.stop();
    process.off("exit", close).off("uncaughtExceptionMonitor", close);
  }
}

/** In debug mode Ink writes whole frames, which is what a canvas takes. */
function inkOptions(canvas: Canvas, stdin: NodeJS.ReadStream): Parameters<typeof render>[1] {
  return {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a canvas has all of a stream that Ink uses
    stdout: canvas as unknown as NodeJS.WriteStream,
    stdin,
    debug: true,
    exitOnCtrlC: false,
    patchConsole: false,
  };
}

async function feed(source: Source, store: FeedStore, { signal }: AbortController): Promise<void> {
  const refresh = (): void => refreshPending(source, store);
  refresh();
  const timer = setInterval(refresh, PENDING_MS);
  try {
    for await (const events of source.events(CAPACITY, signal)) {
      store.add(events);
      if (events.some((event) => event.blocked || event.event_type === "decision")) refresh();
    }
  } finally {
    clearInterval(timer);
  }
}

/** Where the state cannot be read the feed goes on; `mcpguard pending` and `doctor` say what is wrong. */
function refreshPending(source: Source, store: FeedStore): void {
  try {
    store.setPending(source.pending());
  } catch {
    store.setPending([]);
  }
}

function actionsOf(source: Source, store: FeedStore, stdout: NodeJS.WriteStream, stop: AbortController): Actions {
  return {
    async decide({ id, kind, name }, choice) {
      await source.decide(id, choice);
      refreshPending(source, store);
      return `${choice === "approve" ? "Approved" : "Denied"}: ${kind} ${name}. Running servers take it up within 2 s.`;
    },
    copy(text) {
      const sequence = clipboardSequence(text);
      if (sequence === undefined) return "Too long for the clipboard: mcpguard analyze --json prints it.";
      stdout.write(sequence);
      return "Copied as JSON, if the terminal allows it.";
    },
    quit: () => stop.abort(),
  };
}
