import { readFileSync } from "node:fs";

/** What the browser loads. The build puts the texts in place of this file (see build.js). */
export const texts: Readonly<Record<"style" | "icon" | "htmx" | "sse" | "liveState", string>> = {
  style: read(import.meta.resolve("./style.css")),
  icon: read(import.meta.resolve("./icon.svg")),
  htmx: read(import.meta.resolve("htmx.org/dist/htmx.min.js")),
  sse: read(import.meta.resolve("htmx.org/dist/ext/hx-sse.min.js")),
  liveState: read(import.meta.resolve("./live-state.js")),
};

function read(url: string): string {
  return readFileSync(new URL(url), "utf8");
}
