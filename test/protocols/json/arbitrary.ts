import fc from "fast-check";

const space = fc.constantFrom("", "", " ", "\n", "\t\r ");
const character = fc.oneof(
  fc.string({ unit: "binary", minLength: 1, maxLength: 3 }).map((text) => JSON.stringify(text).slice(1, -1)),
  fc.constantFrom(
    "\\/",
    "\\u003c",
    "\\ud83d\\ude00",
    "\\ud800",
    "\\u0000",
    "\\\\",
    '\\"',
    "🙂",
    "\u2028",
    "é",
    "a",
    "{",
    "]",
    ":",
    ",",
  ),
);
const string = fc.array(character, { maxLength: 5 }).map((parts) => `"${parts.join("")}"`);
const key = fc.oneof(string, fc.constantFrom('"a"', '"\\u0061"', '"__proto__"', '"constructor"', '"a/b~c"', '""'));
const scalar = fc.oneof(
  string,
  fc.constantFrom("null", "true", "false", "0", "-0", "1.0", "1e400", "9007199254740993", "-12.5E-3"),
);

/** JSON texts as odd as the grammar allows: white space, escapes, duplicate members, number forms. */
export const jsonText: fc.Arbitrary<string> = fc.letrec<{ value: string; pair: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    scalar,
    fc
      .tuple(space, fc.array(fc.tuple(space, tie("value"), space), { maxLength: 4 }))
      .map(([inner, items]) => `[${items.length === 0 ? inner : items.map((parts) => parts.join("")).join(",")}]`),
    fc
      .tuple(space, fc.array(tie("pair"), { maxLength: 4 }))
      .map(([inner, pairs]) => `{${pairs.length === 0 ? inner : pairs.join(",")}}`),
  ),
  pair: fc
    .tuple(space, key, space, space, tie("value"), space)
    .map(([a, name, b, c, value, d]) => `${a}${name}${b}:${c}${value}${d}`),
})).value;

/** The same, with white space around the whole. */
export const jsonDocument: fc.Arbitrary<string> = fc.tuple(space, jsonText, space).map((parts) => parts.join(""));
