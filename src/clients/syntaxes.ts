import type { Syntax } from "../core/client.ts";

/** What JSON.parse takes. */
export const strictJson: Syntax = {
  language: "json",
  comments: false,
  trailingCommas: false,
  bom: false,
  empty: false,
};

/** Visual Studio Code's JSON, which many clients share. */
export const looseJson: Syntax = { language: "json", comments: true, trailingCommas: true, bom: true, empty: false };

export const toml: Syntax = { language: "toml", comments: true, trailingCommas: true, bom: true, empty: true };
