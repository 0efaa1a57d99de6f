import { render } from "ink-testing-library";
import { vi } from "vitest";
import type { Event } from "../../src/core/event.ts";
import type { PendingItem } from "../../src/core/pending.ts";
import { App } from "../../src/tui/app.tsx";
import { createController, type Actions } from "../../src/tui/controller.ts";
import { createFeedStore, type FeedStore } from "../../src/tui/feed-store.ts";
import { initialModel } from "../../src/tui/model.ts";
import { asciiGlyphs, unicodeGlyphs } from "../../src/tui/theme.ts";

type Options = {
  columns?: number;
  rows?: number;
  events?: readonly Event[];
  pending?: readonly PendingItem[];
  unicode?: boolean;
  decide?: Actions["decide"];
};

export type Started = {
  store: FeedStore;
  frame(): string;
  /** Keys as a terminal sends them. */
  type(...keys: readonly string[]): Promise<void>;
  resize(columns: number, rows: number): void;
  copied: string[];
  quits: () => number;
};

/** The app on a terminal of a given size that is only pretended. */
export async function startApp(options: Options = {}): Promise<Started> {
  const { columns = 80, rows = 24, events = [], pending = [], unicode = true } = options;
  const store = createFeedStore({ tickMs: 1, unicode });
  const copied: string[] = [];
  const quit = vi.fn<() => void>();
  const controller = createController(
    store,
    initialModel({ columns, rows }, unicode ? unicodeGlyphs : asciiGlyphs, unicode),
    {
      decide: options.decide ?? (async () => "decided"),
      copy: (text) => (copied.push(text), "copied"),
      quit,
    },
  );
  const app = <App controller={controller} watched="~/.mcpguard/log/2026-11-22.jsonl" />;
  const screen = render(app);
  const setWidth = (width: number): void => {
    Object.defineProperty(screen.stdout, "columns", { value: width, configurable: true });
    screen.rerender(app);
  };
  setWidth(columns);
  store.add(events);
  store.setPending(pending);
  await settle();
  return {
    store,
    copied,
    quits: () => quit.mock.calls.length,
    frame: () => screen.lastFrame() ?? "",
    async type(...keys) {
      for (const key of keys) {
        screen.stdin.write(key);
        await settle();
      }
    },
    resize(width, height) {
      controller.resize(width, height);
      setWidth(width);
    },
  };
}

/** Long enough for the store's tick, for Ink to recognise a lone escape, and for React. */
async function settle(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 20));
}
