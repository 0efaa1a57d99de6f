export const platforms = ["linux", "darwin", "win32"] as const;
export type Platform = (typeof platforms)[number];

/** Everything about the machine that decides where files are; passed in so that tests run all platforms. */
export type Where = {
  home: string;
  platform: Platform;
  env: Readonly<Record<string, string | undefined>>;
  /** The project folder for project-scoped files; undefined leaves those out. */
  project: string | undefined;
  /** The names in a folder; none where it does not exist. */
  list(folder: string): readonly string[];
};

export type Scope = "user" | "project";

/** What the client's own parser accepts: a file it would refuse is left alone. */
export type Syntax = {
  language: "json" | "toml";
  comments: boolean;
  trailingCommas: boolean;
  /** A byte order mark in front. */
  bom: boolean;
  /** An empty file means no servers. */
  empty: boolean;
};

/** One configuration file a client reads, and where in it the servers stand. */
export type ConfigFile = {
  path: string;
  scope: Scope;
  /** Member paths that hold a map of servers; `*` stands for every member. */
  servers: readonly (readonly string[])[];
};

/** How a client writes down a command line: `command` and `args`, or one list under `command`. */
export type Dialect = "command-args" | "command-array";

/** One MCP host: an application that starts servers from its configuration. */
export type Client = {
  meta: {
    id: string;
    title: string;
    docs: string;
    /** The day the paths and the syntax were last compared with the client. */
    verified: string;
    /** What makes the client read its configuration again. */
    restart: string;
    /** What a person must do before its configuration is written. */
    caution?: string;
  };
  syntax: Syntax;
  dialect: Dialect;
  files(where: Where): readonly ConfigFile[];
  examples: readonly [ClientExample, ...ClientExample[]];
};

/**
 * With the launcher `/guard/bin/mcpguard`, `install(before)` must give `after`, and `uninstall(after)` must
 * give `before`, byte for byte.
 */
export type ClientExample = { title: string; before: string; after: string };

/** mcpguard's own words in a command line. */
export type Marker = {
  client: string;
  server: string;
  /** How many words stand before the original command, the launcher included. */
  length: number;
  /** True where the original is a URL rather than a command. */
  remote: boolean;
};

/** One server in a client's configuration. */
export type Entry = {
  /** The server's name in the file. */
  name: string;
  /** Member path of the entry in the file. */
  path: readonly string[];
  kind: "stdio" | "remote" | "other";
  /** The command and its arguments as they stand in the file; empty unless `kind` is `stdio`. */
  argv: readonly string[];
  /** Undefined where mcpguard does not stand in front of the server. */
  marker: Marker | undefined;
  url: string | undefined;
};

/** A change to one file: the whole text before and after, and the text without any trace of mcpguard. */
export type Edit = { file: string; before: string; after: string; original: string };

/** What is to happen with one entry, and why. */
export type Step = { entry: Entry; action: "wrap" | "repoint" | "unwrap" | "keep"; why: string };
