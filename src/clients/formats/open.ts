import type { Syntax } from "../../core/client.ts";
import { GuardError } from "../../core/errors.ts";
import { syntaxError, type Opened } from "./format.ts";
import { openJsonc } from "./jsonc.ts";
import { openToml } from "./toml.ts";

const byteOrderMark = "\uFEFF";

/** Parses a configuration as its client does. Throws `CONFIG_SYNTAX` or `CONFIG_EMPTY`, naming file and line. */
export function open(text: string, syntax: Syntax, path: string): Opened {
  const hasMark = text.startsWith(byteOrderMark);
  if (hasMark && !syntax.bom) throw syntaxError(path, 1, "a byte order mark stands in front, which the client refuses");
  // A space instead of the mark keeps all offsets.
  const body = hasMark ? ` ${text.slice(1)}` : text;
  if (body.trim() === "") {
    if (syntax.empty) return { text, value: {}, literal: JSON.stringify, place: () => undefined };
    throw new GuardError(
      "CONFIG_EMPTY",
      `${path}:1: the file is empty`,
      `Delete ${path} or write {} into it: the client cannot read an empty file.`,
    );
  }
  return { ...(syntax.language === "toml" ? openToml(body, path) : openJsonc(body, syntax, path)), text };
}
