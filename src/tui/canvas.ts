import { EventEmitter } from "node:events";

/** What a canvas needs to know of a terminal. */
export type Terminal = { readonly columns: number; readonly rows: number; write(text: string): unknown };

/** The alternate screen, without wrapping: a line measured too short by us cannot push the others down. */
const enter = "\u001B[?1049h\u001B[?7l\u001B[?25l";
/** The screen is cleared first: tmux 3.3 breaks rows wider than the screen once was, and leaves the pieces in the history. */
const leave = "\u001B[2J\u001B[H\u001B[0m\u001B[?25h\u001B[?7h\u001B[?1049l";

/**
 * Stands between Ink and the terminal: takes whole frames and writes the lines that changed, each at its place.
 * Ink's own writer counts lines upwards from the cursor, so a resize leaves ruins, and where a frame was as tall
 * as the terminal it erases the person's scrollback.
 */
export class Canvas extends EventEmitter {
  readonly isTTY = false;
  readonly #terminal: Terminal;
  /** What stands in each row; undefined where nobody knows. */
  #shown: readonly (string | undefined)[] = [];
  #isOpen = false;

  constructor(terminal: Terminal) {
    super();
    this.#terminal = terminal;
  }

  get columns(): number {
    return this.#terminal.columns || 80;
  }

  get rows(): number {
    return this.#terminal.rows || 24;
  }

  /** A frame as Ink's debug mode gives it: the whole text of the screen. */
  write(frame: string): boolean {
    if (!this.#isOpen) return true;
    const lines = frame.split("\n").slice(0, this.rows);
    const changes: string[] = [];
    for (let row = 0; row < Math.max(lines.length, this.#shown.length); row++) {
      const line = lines[row] ?? "";
      if (line !== this.#shown[row]) changes.push(`\u001B[${row + 1};1H\u001B[2K${line}`);
    }
    this.#shown = lines;
    if (changes.length > 0) this.#terminal.write(`\u001B[?2026h${changes.join("")}\u001B[?2026l`);
    return true;
  }

  /** Takes over the terminal. */
  open(): void {
    this.#isOpen = true;
    this.forget();
    this.#terminal.write(enter);
  }

  /** Draws every row anew next time: after a resize nobody knows what is left of the screen. */
  forget(): void {
    this.#shown = Array.from({ length: this.rows }, () => undefined);
  }

  /** Gives the terminal back as it was; nothing is drawn any more. */
  close(): void {
    if (this.#isOpen) this.#terminal.write(leave);
    this.#isOpen = false;
  }
}
