import { parseTree, printParseErrorCode, stripComments, type Node, type ParseError } from "jsonc-parser";
import type { Syntax } from "../../core/client.ts";
import { blanksBefore, lineAt, syntaxError, type Field, type Opened, type Place, type Splice } from "./format.ts";

/** JSON in the leniency of one client. Throws `CONFIG_SYNTAX` for text that the client would refuse. */
export function openJsonc(text: string, syntax: Syntax, path: string): Opened {
  const { root, value } = parse(text, syntax, path);
  if (root.type !== "object") throw syntaxError(path, lineAt(text, root.offset), "the file must hold an object");
  return {
    text,
    value,
    literal: JSON.stringify,
    place: (steps) => {
      let node: Node | undefined = root;
      for (const step of steps) node = node && lastMember(node, step)?.children?.[1];
      return node?.type === "object" ? placeOf(text, node) : undefined;
    },
  };
}

function parse(text: string, syntax: Syntax, path: string): { root: Node; value: unknown } {
  const errors: ParseError[] = [];
  let root: Node | undefined;
  let value: unknown;
  try {
    root = parseTree(text, errors, {
      disallowComments: !syntax.comments,
      allowTrailingComma: syntax.trailingCommas,
      allowEmptyContent: false,
    });
    value = root && valueOf(root);
    // jsonc-parser lets a few things pass that JSON.parse refuses.
    if (errors.length === 0 && !syntax.trailingCommas) JSON.parse(syntax.comments ? stripComments(text) : text);
  } catch (error) {
    throw syntaxError(path, 1, error instanceof RangeError ? "nested too deeply" : "not valid JSON");
  }
  const [first] = errors;
  if (first !== undefined) throw syntaxError(path, lineAt(text, first.offset), describe(text, first, syntax));
  if (root === undefined) throw syntaxError(path, 1, "not valid JSON");
  return { root, value };
}

function describe(text: string, error: ParseError, syntax: Syntax): string {
  const code = printParseErrorCode(error.error);
  if (code === "InvalidCommentToken") return "comments are not allowed in this file";
  const behindComma = /,\s*$/.test(stripComments(text.slice(0, error.offset)));
  if (!syntax.trailingCommas && behindComma && /^\s*[\]}]/.test(text.slice(error.offset))) {
    return "a comma must not stand before the closing bracket";
  }
  return code.replace(/(?<=.)[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).toLowerCase();
}

/** As JSON.parse gives it: of duplicate members the last counts, `__proto__` is a member like any other. */
function valueOf(node: Node): unknown {
  if (node.type === "array") return (node.children ?? []).map(valueOf);
  if (node.type !== "object") return node.value;
  return Object.fromEntries(
    (node.children ?? []).flatMap(({ children: [key, value] = [] }) =>
      key && value ? [[key.value, valueOf(value)]] : [],
    ),
  );
}

function lastMember(node: Node, name: string): Node | undefined {
  if (node.type !== "object") return undefined;
  return node.children?.findLast((member) => member.children?.[0]?.value === name);
}

function placeOf(text: string, node: Node): Place {
  const colon = colonText(text, lastMember(node, "command"));
  const isTight = colon === ":";
  return {
    joint: isTight ? "," : ", ",
    field: (name) => fieldOf(text, lastMember(node, name)?.children?.[1]),
    insertAfter: (field, name, raw) => {
      const member = lastMember(node, field) ?? node;
      const space = blanksBefore(text, member.offset);
      const before = space.includes("\n") || space.includes("\r") ? space : isTight ? "" : " ";
      const at = end(member);
      return { start: at, end: at, text: `,${before}${JSON.stringify(name)}${colon}${raw}` };
    },
    remove: (name) => removal(text, node, lastMember(node, name)),
  };
}

function fieldOf(text: string, value: Node | undefined): Field | undefined {
  if (value === undefined) return undefined;
  const items = value.type === "array" ? (value.children ?? []).map(spanOf) : undefined;
  const last = items?.at(-1);
  const comma = last && commaIn(text, last.end, end(value) - 1);
  return { ...spanOf(value), items, commaEnd: comma === undefined ? undefined : comma + 1 };
}

/** Takes a member and one comma away; comments around it stay. */
function removal(text: string, object: Node, member: Node | undefined): readonly Splice[] {
  if (member === undefined) return [];
  const members = object.children ?? [];
  const index = members.indexOf(member);
  const [before, after] = [members[index - 1], members[index + 1]];
  const whole = { ...spanOf(member), text: "" };
  const from = before ? end(before) : whole.end;
  const to = before ? whole.start : (after?.offset ?? end(object) - 1);
  const comma = commaIn(text, from, to);
  if (comma === undefined) return [whole];
  if (!/^\s*,\s*$/.test(text.slice(from, to))) return [whole, { start: comma, end: comma + 1, text: "" }];
  return [{ start: before ? from : whole.start, end: before ? whole.end : to, text: "" }];
}

function commaIn(text: string, from: number, to: number): number | undefined {
  const offset = stripComments(text.slice(from, to), " ").indexOf(",");
  return offset === -1 ? undefined : from + offset;
}

function colonText(text: string, member: Node | undefined): string {
  const [key, value] = member?.children ?? [];
  const between = key && value ? text.slice(end(key), value.offset) : "";
  return /^\s*:\s*$/.test(between) ? between : ": ";
}

function spanOf(node: Node): { start: number; end: number } {
  return { start: node.offset, end: end(node) };
}

function end(node: Node): number {
  return node.offset + node.length;
}
