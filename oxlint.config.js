import { readFileSync } from "node:fs";

/** The layers, from the rim to the core. A folder imports from rows below its own only; `npm run lint` enforces it. */
const layers = [
  ["commands"],
  ["shim", "proxy", "tui", "clients"],
  ["session"],
  ["engine", "audit", "state", "process"],
  ["detectors", "policy", "protocols"],
  ["text"],
  ["core"],
];

/** Node modules that reach nothing outside the process. */
const harmless = [
  "path",
  "os",
  "util",
  "events",
  "crypto",
  "stream",
  "stream/promises",
  "timers/promises",
  "url",
  "v8",
];
const node = (...names) => [...harmless, ...names].map((name) => `node:${name}`);
const files = node("fs", "fs/promises");

/** One door per dependency: the modules and packages that files may import. What is not listed imports none. */
const doors = {
  "src/policy/{find,load,watch}.ts": files,
  "src/policy/{schema,schema-proxy,respell}.ts": ["zod"],
  "src/policy/{parse,json-spots,yaml-spots}.ts": ["json5", "yaml"],
  "src/audit/**": [...files, ...node("readline", "zlib"), "lowdb"],
  "src/state/**": [...files, "lowdb"],
  "src/process/**": [...files, ...node("child_process")],
  "src/shim/**": node(),
  "src/session/**": node(),
  "src/proxy/**": [...node("http", "https", "net", "tls", "zlib"), "undici"],
  "src/proxy/tls/**": [...files, ...node("tls")],
  "src/proxy/metrics/**": [...node("http"), "prom-client"],
  "src/proxy/dashboard/**": [...files, ...node("http", "zlib"), "diff", "htmx.org"],
  "src/proxy/a2a/**": [...node("http"), "jose"],
  "src/proxy/oauth/**": [...node("dns", "http", "net"), "undici", "@modelcontextprotocol/client"],
  "src/tui/**": [...node("readline"), "diff", "ink", "react", "string-width"],
  "src/clients/**": files,
  "src/clients/formats/**": [...node(), "json5", "jsonc-parser", "smol-toml", "yaml"],
  "src/commands/**": [...files, ...node("readline", "readline/promises"), "diff", "execa", "yargs"],
};

/** The same input always gives the same verdict here, so there is no clock, no chance and no outside world. */
const pure = [
  "src/{core,text,protocols,detectors,engine}/**",
  "src/policy/{decide,defaults,glob,rules,setting-for}.ts",
];
const outside = [
  "process",
  "console",
  "fetch",
  "require",
  "globalThis",
  "performance",
  "crypto",
  "setTimeout",
  "setInterval",
  "setImmediate",
];

function restrictImports(path, folder, allowed) {
  const level = layers.findIndex((row) => row.includes(folder));
  const above = layers
    .slice(0, level + 1)
    .flat()
    .filter((name) => name !== folder);
  const layer = {
    regex: [`^\\.\\.?/(.*/)?(${above.join("|") || "cli"})/`, "/(cli|wrap)\\.ts$"].join("|"),
    message: `${folder} may not import from here: docs/architecture.md has the layers.`,
  };
  const door = {
    group: ["*", "!./**", "!../**", ...allowed.map((name) => `!${name}`)],
    message: `${folder} is not the door to this package: docs/architecture.md says which folder is.`,
  };
  return { files: [path], rules: { "no-restricted-imports": ["error", { patterns: [layer, door] }] } };
}

const base = JSON.parse(readFileSync(new URL(".oxlintrc.json", import.meta.url), "utf8"));

export default {
  ...base,
  overrides: [
    ...base.overrides,
    ...layers.flat().map((folder) => restrictImports(`src/${folder}/**`, folder, [])),
    ...Object.entries(doors).map(([path, allowed]) => restrictImports(path, path.split("/")[1], allowed)),
    {
      files: pure,
      rules: {
        "no-restricted-properties": [
          "error",
          { object: "Date", property: "now" },
          { object: "Math", property: "random" },
        ],
        "no-restricted-globals": ["error", ...outside],
      },
    },
    {
      files: ["src/wrap.ts"],
      rules: {
        "no-restricted-imports": [
          "error",
          {
            patterns: [
              {
                group: ["*", "!./shim/**", "!./process/**", "!./core/**"],
                message: "The shim starts once per server: it loads only what it needs.",
              },
            ],
          },
        ],
      },
    },
  ],
};
