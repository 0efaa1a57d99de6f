import { expect, test } from "vitest";
import { Canvas } from "../../src/tui/canvas.ts";

/** A terminal that keeps what it is given. */
function recorder(columns = 20, rows = 4) {
  const written: string[] = [];
  return {
    columns,
    rows,
    written,
    write: (text: string) => written.push(text),
    take: () => written.splice(0).join(""),
  };
}

test("takes the alternate screen and gives it back once", () => {
  const terminal = recorder();
  const canvas = new Canvas(terminal);
  canvas.open();
  expect(terminal.take()).toContain("\u001B[?1049h");
  canvas.close();
  canvas.close();
  const left = terminal.take();
  expect(left.match(/\u001B\[\?1049l/g)).toHaveLength(1);
  expect(left).toContain("\u001B[?25h");
  expect(left).toContain("\u001B[?7h");
});

test("only lines that changed are written", () => {
  const terminal = recorder();
  const canvas = new Canvas(terminal);
  canvas.open();
  canvas.write("one\ntwo\nthree");
  terminal.take();
  canvas.write("one\n2\nthree");
  expect(terminal.take()).toBe("\u001B[?2026h\u001B[2;1H\u001B[2K2\u001B[?2026l");
  canvas.write("one\n2\nthree");
  expect(terminal.written).toEqual([]);
  canvas.write("one");
  expect(terminal.take()).toBe("\u001B[?2026h\u001B[2;1H\u001B[2K\u001B[3;1H\u001B[2K\u001B[?2026l");
});

test("after a resize every row is written, none below the terminal", () => {
  const terminal = recorder();
  const canvas = new Canvas(terminal);
  canvas.open();
  canvas.write("one\ntwo");
  terminal.take();
  terminal.rows = 3;
  canvas.forget();
  canvas.write("one\ntwo\nthree\nfour");
  expect(terminal.take()).toBe(
    "\u001B[?2026h\u001B[1;1H\u001B[2Kone\u001B[2;1H\u001B[2Ktwo\u001B[3;1H\u001B[2Kthree\u001B[?2026l",
  );
});

test("nothing is written before and after", () => {
  const terminal = recorder();
  const canvas = new Canvas(terminal);
  canvas.write("early");
  canvas.open();
  canvas.close();
  terminal.take();
  canvas.write("late");
  expect(terminal.written).toEqual([]);
});

test("a terminal that does not know its size is a usual one", () => {
  const canvas = new Canvas(recorder(0, 0));
  expect([canvas.columns, canvas.rows]).toEqual([80, 24]);
});
