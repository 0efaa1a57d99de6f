import { useInput } from "ink";
import { useSyncExternalStore, type ReactNode } from "react";
import type { Controller } from "./controller.ts";
import { readKeys } from "./read-keys.ts";
import { Feed } from "./screens/feed.tsx";
import { Frame } from "./widgets/frame.tsx";
import { TextLines } from "./widgets/text-lines.tsx";

/** Draws the controller's view and passes keys to it; knows nothing else. */
export function App({ controller, watched }: { controller: Controller; watched: string }): ReactNode {
  const view = useSyncExternalStore(controller.subscribe, controller.view);
  useInput((input, key) => {
    for (const name of readKeys(input, key)) controller.press(name);
  });
  const { screen, lines, model, height } = view;
  const text = lines.slice(model.scroll, model.scroll + height);
  return (
    <Frame view={view}>
      {screen === "feed" ? <Feed view={view} watched={watched} /> : <TextLines lines={text} model={model} />}
    </Frame>
  );
}
