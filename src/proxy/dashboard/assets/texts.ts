import { readFileSync } from "node:fs";

/** What the browser loads. The build puts the texts in place of this file (see build.js). */
export const texts: Readonly<Record<"style" | "icon" | "htmx" | "sse" | "liveState", string>> = {
  style: read("./style.css"),
  icon: read("./icon.svg"),
  htmx: read("htmx.org/dist/htmx.min.js"),
  sse: read("htmx.org/dist/ext/hx-sse.min.js"),
  liveState: read("./live-state.js"),
};

function read(name: string): string {
  return readFileSync(new URL(import.meta.resolve(name)), "utf8");
}
