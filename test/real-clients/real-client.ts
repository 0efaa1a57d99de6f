/** A client from npm that connects to its servers without an account, and how to ask it whether it did. */
export type RealClient = {
  id: string;
  package: string;
  /** Its configuration below the home folder, with one server called `every`. */
  file: string;
  config(command: readonly string[]): string;
  /** How it adds a server called `added` to its own configuration, rewriting the file in its own way. */
  add?: readonly string[];
  /** The command, its input, and what its output holds once it is connected. */
  ask: { words: readonly string[]; input?: string; connected: RegExp };
};
