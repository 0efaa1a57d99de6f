import { homedir } from "node:os";
import type { CommandModule, Options as YargsOption } from "yargs";
import packageJson from "../../package.json" with { type: "json" };
import { banner, type Banner } from "../proxy/banner.ts";
import { startProxy } from "../proxy/start.ts";
import { safeJson } from "../text/safe-json.ts";
import { flags, type Flag } from "./proxy/flags.ts";
import { gather } from "./proxy/gather.ts";
import { untilAsked } from "./proxy/until-asked.ts";

type Options = { json: boolean };

export const command: CommandModule<object, Options> = {
  command: "proxy",
  describe: "Guard a server or agent that is reached over HTTP",
  builder: (yargs) => {
    yargs
      .usage("$0 proxy [options] [-- COMMAND ARGS…]\n\nStands in front of an MCP server or A2A agent and guards it.")
      // A word of a command may begin with a dash or look like a number.
      .parserConfiguration({
        "dot-notation": false,
        "populate--": true,
        "nargs-eats-options": true,
        "parse-positional-numbers": false,
      });
    for (const [name, flag] of Object.entries(flags)) yargs.option(name, optionOf(flag));
    return yargs
      .option("json", { type: "boolean", default: false, describe: "Say at start in one JSON line what runs" })
      .example("$0 proxy --target http://localhost:8000", "Guard an HTTP server; clients use port 8080")
      .example("$0 proxy -p 9000 -- npx -y some-mcp-server", "Offer a stdio server over HTTP")
      .epilogue("Every option is also a variable (MCPGUARD_RATE_LIMIT) and a key of the configuration file.");
  },
  handler: async (given) => {
    const asked = untilAsked();
    const { options, warnings } = gather(given, { env: process.env, home: homedir(), folder: process.cwd() });
    // Servers inherit the environment; the key is none of their business.
    delete process.env["MCPGUARD_API_KEY"];
    const proxy = await startProxy(options);
    announce(banner(options, proxy.url, warnings, packageJson.version), given.json);
    await asked;
    process.stderr.write("mcpguard: stopping; what is open has 10 s to end\n");
    await proxy.close();
    process.exit(0);
  },
};

function optionOf(flag: Flag): YargsOption {
  // As a number, yargs would take an empty text for 0.
  const types = { text: "string", list: "string", number: undefined, "yes-or-no": "boolean" } as const;
  const type = types[flag.type];
  return {
    ...(type === undefined ? {} : { type }),
    ...(flag.type === "yes-or-no" ? {} : { nargs: 1 }),
    ...(flag.alias === undefined ? {} : { alias: flag.alias }),
    describe: flag.describe,
    defaultDescription: flag.default,
    group: flag.group,
  };
}

function announce({ lines, json }: Banner, asJson: boolean): void {
  if (asJson) process.stdout.write(`${safeJson(json)}\n`);
  else process.stderr.write(`${lines.join("\n")}\n`);
}
