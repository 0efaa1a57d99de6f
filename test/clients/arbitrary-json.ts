import fc from "fast-check";
import type { Client } from "../../src/core/client.ts";

/** Names that break naive code, among ordinary ones. */
export const serverName = fc.oneof(
  fc.constantFrom(
    "files",
    "my.db",
    "__proto__",
    "constructor",
    "a b",
    'quo"ted',
    "back\\slash",
    "emoji 🛡️",
    "--",
    "",
    "*",
    "toString",
  ),
  fc.string({ unit: "grapheme", maxLength: 8 }),
);

const word = fc.oneof(
  fc.constantFrom(
    "npx",
    "-y",
    "${X:-d}",
    "{env:Y}",
    "--",
    "wrap",
    "mcpguard",
    "C:\\bin\\x.exe",
    "a,b",
    "]",
    "}",
    "// no",
    "#",
  ),
  fc.string({ unit: "grapheme", maxLength: 6 }),
);

type Style = { space: fc.Arbitrary<string>; trailing: fc.Arbitrary<string> };

/** A text with servers as the client understands it: any spacing, comments and trailing commas where they are allowed. */
export function jsonConfig(client: Client): fc.Arbitrary<string> {
  const { comments, trailingCommas, bom } = client.syntax;
  const blank = fc.constantFrom("", "", " ", "\n  ", "\r\n\t", "  ");
  const comment = fc.constantFrom(" // a, b ]\n", "/* , } */", " /* x */ ", '\n// "command": 1\r\n');
  const style: Style = {
    space: comments ? fc.oneof({ weight: 5, arbitrary: blank }, { weight: 1, arbitrary: comment }) : blank,
    trailing: trailingCommas ? fc.constantFrom("", "", ",") : fc.constant(""),
  };
  const key =
    client.dialect === "command-array" ? "mcp" : client.meta.id.startsWith("vscod") ? "servers" : "mcpServers";
  const servers = object(style, fc.array(fc.tuple(serverName, entry(client, style)), { maxLength: 4 }));
  const members = fc.tuple(
    fc.array(fc.tuple(fc.constantFrom("theme", "x", key), scalar(style)), { maxLength: 2 }),
    servers,
  );
  const root = members.chain(([others, own]) => object(style, fc.constant([...others, [key, own] as const])));
  return fc
    .tuple(fc.constantFrom("", ...(bom ? ["\uFEFF"] : [])), style.space, root, fc.constantFrom("", "\n", "\r\n"))
    .map((parts) => parts.join(""));
}

function entry(client: Client, style: Style): fc.Arbitrary<string> {
  const command = literal(word.filter((text) => text !== ""));
  const words = list(style, fc.array(literal(word), { maxLength: 3 }));
  const commandLine: fc.Arbitrary<readonly (readonly [string, string])[]> =
    client.dialect === "command-array"
      ? list(style, fc.array(command, { minLength: 1, maxLength: 4 })).map((line) => [["command", line] as const])
      : fc
          .tuple(command, fc.option(words))
          .map(([first, args]) => [["command", first] as const, ...(args === null ? [] : [["args", args] as const])]);
  const others = fc.array(fc.tuple(fc.constantFrom("env", "disabled", "command2", "cwd"), scalar(style)), {
    maxLength: 2,
  });
  const local = fc
    .tuple(commandLine, others)
    .chain(([line, rest]) => fc.shuffledSubarray([...line, ...rest], { minLength: line.length + rest.length }));
  const remote = fc.constant([["url", '"https://x.example/mcp"'] as const]);
  return object(style, fc.oneof({ weight: 6, arbitrary: local }, { weight: 1, arbitrary: remote }));
}

function object(style: Style, members: fc.Arbitrary<readonly (readonly [string, string])[]>): fc.Arbitrary<string> {
  return members.chain((pairs) =>
    fc
      .tuple(
        fc.array(style.space, { minLength: 4 * pairs.length + 2, maxLength: 4 * pairs.length + 2 }),
        style.trailing,
      )
      .map(([gaps, trailing]) => {
        const texts = pairs.map(([name, value], index) => {
          const [a, b, c, d] = gaps.slice(index * 4);
          return `${a}${JSON.stringify(name)}${b}:${c}${value}${d}`;
        });
        return `{${texts.join(",")}${pairs.length === 0 ? "" : trailing}${gaps.at(-1)}}`;
      }),
  );
}

function list(style: Style, items: fc.Arbitrary<readonly string[]>): fc.Arbitrary<string> {
  return items.chain((texts) =>
    fc
      .tuple(
        fc.array(style.space, { minLength: 2 * texts.length + 1, maxLength: 2 * texts.length + 1 }),
        style.trailing,
      )
      .map(([gaps, trailing]) => {
        const parts = texts.map((text, index) => `${gaps[2 * index]}${text}${gaps[2 * index + 1]}`);
        return `[${parts.join(",")}${texts.length === 0 ? "" : trailing}${gaps.at(-1)}]`;
      }),
  );
}

function scalar(style: Style): fc.Arbitrary<string> {
  const plain = fc.constantFrom("true", "null", "-1.5e3", '"text"', "{}", "[]", '{"a":[1,{"b":null}]}');
  return fc.tuple(plain, style.space).map((parts) => parts.join(""));
}

/** A string written plainly or with needless escapes. */
function literal(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(text, fc.boolean()).map(([value, isEscaped]) => {
    const plain = JSON.stringify(value);
    return isEscaped
      ? plain.replaceAll(/[a-z](?![^\\]*\\u)/g, (letter) =>
          plain.includes("\\") ? letter : `\\u00${letter.charCodeAt(0).toString(16)}`,
        )
      : plain;
  });
}
