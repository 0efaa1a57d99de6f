export const platforms = ["linux", "darwin", "win32"] as const;
export type Platform = (typeof platforms)[number];

/** Everything about the machine that decides where files are; passed in so that tests run all platforms. */
export type Where = {
  home: string;
  platform: Platform;
  env: Readonly<Record<string, string | undefined>>;
  /** The project folder for project-scoped files; undefined leaves those out. */
  project: string | undefined;
};

export type Scope = "user" | "project";
export type Format = "json" | "jsonc" | "jsonc-trailing-commas" | "toml";

/** One configuration file a client reads, and where in it the servers stand. */
export type ConfigFile = {
  path: string;
  scope: Scope;
  /** Member paths that hold a map of servers; `*` stands for every member. */
  servers: readonly (readonly string[])[];
};

/** How a client writes down a server; the names of its fields. */
export type Dialect = "command-args" | "command-array";

/** One MCP host: an application that starts servers from its configuration. */
export type Client = {
  meta: { id: string; title: string; docs: string; verified: string; restart: string };
  format: Format;
  dialect: Dialect;
  files(where: Where): readonly ConfigFile[];
  examples: readonly ClientExample[];
};

/** `install(before)` must give `after`, and `uninstall(after)` must give `before`, byte for byte. */
export type ClientExample = { title: string; before: string; after: string };

/** One server in a client's configuration. */
export type Entry = {
  client: string;
  file: string;
  scope: Scope;
  /** The server's name in the file. */
  name: string;
  /** Member path of the entry in the file. */
  path: readonly string[];
  kind: "stdio" | "remote" | "other";
  state: "wrapped" | "unwrapped";
  command: string | undefined;
  args: readonly string[] | undefined;
  url: string | undefined;
};

/** A change to one file, whole: the text before and after. */
export type Edit = { client: string; file: string; before: string; after: string; entries: readonly string[] };

export type Plan = { edits: readonly Edit[] };
