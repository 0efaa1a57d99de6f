import type { CommandModule } from "yargs";

/** Here for `--help` only: bin/mcpguard.js sends `wrap` straight to src/wrap.ts, which starts faster. */
export const command: CommandModule = {
  command: "wrap",
  describe: "Start a server behind the guard (clients run this)",
  builder: (yargs) =>
    yargs
      .usage("$0 wrap --server NAME [--client ID] -- COMMAND [ARGS…]")
      .option("server", {
        type: "string",
        demandOption: true,
        describe: "The server's name in the client's configuration",
      })
      .option("client", { type: "string", default: "unknown", describe: "The id of the client that starts the server" })
      .example(
        "$0 wrap --server files -- npx -y @modelcontextprotocol/server-filesystem .",
        "Guard one server by hand",
      ),
  handler: () => {},
};
