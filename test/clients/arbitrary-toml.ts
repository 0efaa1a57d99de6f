import fc from "fast-check";
import { serverName } from "./arbitrary-json.ts";

const eol = fc.constantFrom("\n", "\r\n");
const comment = fc.constantFrom("", "", " # why, ] }", "\t#");

/** A text with servers as Codex understands it: tables, dotted keys, inline tables, every kind of string. */
export const tomlConfig: fc.Arbitrary<string> = fc
  .tuple(
    fc.uniqueArray(serverName, { maxLength: 4, selector: (name) => name }),
    fc.constantFrom("", "\uFEFF"),
    eol,
    fc.boolean(),
    fc.infiniteStream(fc.nat()),
  )
  .chain(([names, bom, newline, isOneTable, seeds]) =>
    fc.tuple(...names.map((name) => entry(name, newline, isOneTable))).map((entries) => {
      const head = ["# mine", 'model = "x"', "big = 12345678901234567890", "when = 1979-05-27 07:32:00Z", ""];
      const top = isOneTable && names.length > 0 ? ["[mcp_servers]"] : [];
      const lines = [...head, ...top, ...entries, "[other]", "x = [[1, 2], { a = 1 }]", "[[list]]", 'command = "no"'];
      return bom + lines.join(newline) + (seeds.next().value % 2 === 0 ? "" : newline);
    }),
  );

/** One server: under a header of its own, or in the one table of all as dotted keys or inline. */
function entry(name: string, newline: string, isOneTable: boolean): fc.Arbitrary<string> {
  const key = keyOf(name);
  return fc
    .tuple(members(newline), fc.boolean(), comment, fc.constantFrom("", "  "))
    .map(([pairs, isInline, note, indent]) => {
      if (!isOneTable)
        return [`[mcp_servers.${key}]${note}`, ...pairs.map((pair) => `${indent}${pair}${note}`)].join(newline);
      if (isInline) return `${key} = { ${pairs.filter((pair) => !/[\r\n]/.test(pair)).join(", ")} }${note}`;
      return pairs.map((pair) => `${indent}${key} . ${pair}${note}`).join(newline);
    });
}

function members(newline: string): fc.Arbitrary<readonly string[]> {
  const args = fc.array(tomlString(newline), { maxLength: 3 }).chain((words) =>
    fc.tuple(fc.boolean(), fc.constantFrom("", ","), comment).map(([isTall, trailing, note]) => {
      if (words.length === 0) return "[]";
      return isTall
        ? `[${note}${newline}  ${words.join(`,${note}${newline}  `)}${trailing}${note}${newline}]`
        : `[ ${words.join(" , ")}${trailing}]`;
    }),
  );
  const command = fc
    .oneof(tomlString(newline), fc.constantFrom("'npx'", '"npx"'))
    .filter((text) => !/^["']*$/.test(text));
  return fc.tuple(command, fc.option(args)).chain(([first, rest]) => {
    const pairs = [`command = ${first}`, ...(rest === null ? [] : [`args=${rest}`]), "startup_timeout_sec = 2.50"];
    return fc.shuffledSubarray(pairs, { minLength: pairs.length });
  });
}

function tomlString(newline: string): fc.Arbitrary<string> {
  const text = fc.string({ unit: "grapheme", maxLength: 6 }).map((value) => value.replaceAll("\u007f", ""));
  return fc.oneof(
    text.map((value) => JSON.stringify(value)),
    text.map((value) => `'${value.replaceAll(/['\u0000-\u0008\u000a-\u001f]/g, "")}'`),
    text.map((value) => `"""${newline}${JSON.stringify(value).slice(1, -1)}\\${newline}  "x" """`),
    text.map((value) => `'''${value.replaceAll(/['\u0000-\u0008\u000a-\u001f]/g, "")}${newline}''x'''`),
  );
}

function keyOf(name: string): string {
  return /^[A-Za-z0-9_-]+$/.test(name) ? name : JSON.stringify(name).replaceAll("\u007f", "\\u007f");
}
