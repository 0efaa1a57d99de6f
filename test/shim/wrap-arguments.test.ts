import { expect, it } from "vitest";
import { wrapWords } from "../../src/clients/marker.ts";
import { parseWrapArguments } from "../../src/shim/wrap-arguments.ts";

it.each(["--", "--url", "--server", "", "-x", "=x", "--server=z", "a b"])(
  "what install writes for a server called %j is understood",
  (name) => {
    const [, , ...words] = wrapWords(["mcpguard"], "cursor", name);
    const given = parseWrapArguments([...words, "npx", "--", "--server", "x"]);
    expect(given).toEqual({ server: name, client: "cursor", command: "npx", args: ["--", "--server", "x"] });
  },
);

it.each([[["--server", "--"]], [["--server", "x"]], [["--server"]], [["--server", "x", "--", ""]], [["--", "npx"]]])(
  "%j is refused",
  (words) => expect(() => parseWrapArguments(words)).toThrow(/wrap needs|needs a value/),
);
