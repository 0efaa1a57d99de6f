import type { Model } from "./model.ts";

/** What a key changes while the filter is being typed. The newest matches are what one wants to see. */
export function editFilter(key: string, { filter }: Model): Partial<Model> {
  switch (key) {
    case "enter":
      return { editing: false };
    case "esc":
      return { editing: false, filter: "" };
    case "backspace":
      return filter === "" ? { editing: false } : { filter: [...filter].slice(0, -1).join(""), follow: true };
    case "ctrl-u":
      return { filter: "", follow: true };
    case "space":
      return { filter: `${filter} ` };
    default:
      return [...key].length === 1 ? { filter: filter + key, follow: true } : {};
  }
}
