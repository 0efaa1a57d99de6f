import { parse, textOf } from "../../engine/read-message.ts";
import { LineSplitter } from "../../session/lines.ts";
import { LongMessage } from "./long-message.ts";
import { membersOf } from "./members.ts";
import { routeMember } from "./route-member.ts";
import type { Switchboard } from "./switchboard.ts";

/** Takes a server's output apart into messages, and has each routed. */
export class ServerReader {
  readonly #lines: LineSplitter;
  #long: LongMessage | undefined;

  constructor(board: Switchboard) {
    this.#lines = new LineSplitter(
      {
        onPart: () => {},
        onLine: ({ bytes }) => {
          if (bytes.length === 0) return;
          for (const member of membersOf(bytes, parse(textOf(bytes)), "to-client")) routeMember(board, member);
        },
        onLongPart: (part) => (this.#long ??= new LongMessage(board)).push(part),
        onLongEnd: () => {
          this.#long?.end();
          this.#long = undefined;
        },
      },
      () => board.maxInspectSize,
    );
  }

  push(chunk: Buffer): void {
    this.#lines.push(chunk);
  }

  end(): void {
    this.#lines.end();
  }
}
