import { expect, test } from "vitest";
import { windowsCommand } from "../../src/process/windows-command.ts";

const env = {
  Path: "C:\\Windows;C:\\Program Files\\nodejs",
  PATHEXT: ".COM;.EXE;.BAT;.CMD",
  ComSpec: "C:\\Windows\\cmd.exe",
};
const installed = new Set([
  "C:\\Program Files\\nodejs\\npx.cmd",
  "C:\\Windows\\py.exe",
  "C:\\Windows\\both.exe",
  "C:\\Windows\\both.cmd",
]);

function invocation(command: string, ...args: string[]): ReturnType<typeof windowsCommand> {
  return windowsCommand(command, args, env, (path) => installed.has(String(path)));
}

test("28 a program is started as it is, its arguments are left to Node", () => {
  expect(invocation("py", "a b", "%PATH%")).toEqual({
    file: "C:\\Windows\\py.exe",
    args: ["a b", "%PATH%"],
    verbatim: false,
  });
  expect(invocation("both")).toMatchObject({ file: "C:\\Windows\\both.exe" });
  expect(invocation("missing", "x")).toEqual({ file: "missing", args: ["x"], verbatim: false });
});

/** What cmd.exe makes of a line when it reads it once: ^ takes the meaning from the next character. */
function readByCmd(line: string): string {
  return line.replace(/\^([\s\S])/g, "$1");
}

/** What a program makes of its command line (CommandLineToArgvW). */
function argumentsIn(line: string): string[] {
  const words = line.match(/"(?:\\.|[^"\\])*"|\S+/g) ?? [];
  return words.map((word) =>
    word
      .replace(/^"|"$/g, "")
      .replace(/(\\*)(?="|$)/g, (slashes) => "\\".repeat(slashes.length / 2))
      .replace(/\\"/g, '"'),
  );
}

test("28 a .cmd file is run by cmd.exe, and its arguments survive being read twice", () => {
  const odd = [
    "plain",
    "two words",
    "",
    "100%",
    "%PATH%",
    "a&b|c",
    "<x>",
    "(y)",
    "^caret",
    "!bang!",
    'say "hi"',
    "C:\\dir\\",
    "semi;colon,comma",
    "*?",
  ];
  const { file, args, verbatim } = invocation("npx", ...odd);
  expect([file, args.slice(0, 3), verbatim]).toEqual(["C:\\Windows\\cmd.exe", ["/d", "/s", "/c"], true]);
  const line = (args[3] ?? "").slice(1, -1);
  const program = "C:\\Program Files\\nodejs\\npx.cmd";
  const once = readByCmd(line);
  expect(once.startsWith(program)).toBe(true);
  // Nothing special may stand unescaped in what cmd.exe reads: neither at first nor in the batch file.
  expect(line.replace(/\^[\s\S]/g, "")).not.toMatch(/[&|<>()%!"]/);
  const passedOn = once.slice(program.length);
  expect(passedOn.replace(/\^[\s\S]/g, "")).not.toMatch(/[&|<>()%!"]/);
  expect(argumentsIn(readByCmd(passedOn))).toEqual(odd);
});
