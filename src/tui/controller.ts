import { GuardError } from "../core/errors.ts";
import type { PendingItem } from "../core/pending.ts";
import { editFilter } from "./edit-filter.ts";
import type { FeedStore } from "./feed-store.ts";
import { bindings } from "./keys.ts";
import type { Choice, Model } from "./model.ts";
import { updates } from "./updates.ts";
import { createView, type View } from "./view.ts";

/** What keys can do outside the model. */
export type Actions = {
  /** Resolves to a sentence that tells what came of it. */
  decide(item: PendingItem, choice: Choice): Promise<string>;
  /** Returns a sentence too. */
  copy(text: string): string;
  quit(): void;
};

export type Controller = {
  /** A key by its name, as readKeys gives it. */
  press(key: string): void;
  resize(columns: number, rows: number): void;
  view(): View;
  subscribe(listener: () => void): () => void;
};

/** Holds the model; the screen is drawn from its view, keys and the feed change it. */
export function createController(store: FeedStore, initial: Model, actions: Actions): Controller {
  const makeView = createView();
  const listeners = new Set<() => void>();
  let model = initial;
  let view = makeView(model, store.feed());

  function change(changes: Partial<Model>): void {
    model = { ...model, ...changes };
    view = makeView(model, store.feed());
    for (const listener of listeners) listener();
  }

  function answer(key: string, { choice, item }: NonNullable<Model["question"]>): void {
    if (key !== "y" && key !== "n" && key !== "esc") return;
    if (key !== "y")
      return change({ question: undefined, notice: `${choice === "deny" ? "Not denied" : "Not approved"}.` });
    change({ question: undefined });
    actions.decide(item, choice).then(
      (notice) => change({ notice }),
      (error: unknown) => change({ notice: explain(error) }),
    );
  }

  function run(key: string): void {
    const binding = bindings.find(({ keys, screens }) => keys.includes(key) && screens.includes(view.screen));
    const reason = binding?.disabled?.(view);
    if (binding === undefined) return;
    if (reason !== undefined) return change({ notice: reason });
    if (binding.command === "quit") return actions.quit();
    if (binding.command === "copy") return change({ notice: actions.copy(JSON.stringify(view.row?.event)) });
    change(updates[binding.command](view));
  }

  store.subscribe(() => change({}));

  return {
    press(key) {
      if (key === "ctrl-c") return actions.quit();
      if (model.notice !== "") change({ notice: "" });
      if (model.question !== undefined) return answer(key, model.question);
      if (model.editing) return change(editFilter(key, model));
      run(key);
    },
    resize: (columns, rows) => change({ columns, rows }),
    view: () => view,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function explain(error: unknown): string {
  if (error instanceof GuardError) return `${error.message}. ${error.fix}`;
  return error instanceof Error ? error.message : String(error);
}
