import { rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";

const shared = {
  bundle: true,
  platform: "node",
  // jsonc-parser's `main` is UMD, which cannot be bundled.
  mainFields: ["module", "main"],
  target: "node20.19",
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "none",
  logLevel: "warning",
  define: { "process.env.NODE_ENV": '"production"' },
};

/** The policy loader brings yaml and zod: the shim loads it only where a config file exists. */
const policyLoaderApart = {
  name: "policy-loader-apart",
  setup(plugin) {
    plugin.onResolve({ filter: /\/load\.ts$/ }, ({ path, resolveDir }) => {
      const isPolicyLoader = join(resolveDir, path) === resolve("src/policy/load.ts");
      return isPolicyLoader ? { path: "./policy-load.cjs", external: true } : undefined;
    });
  },
};

/** Ink asks for its developer tools only when DEV is set; nobody ships them. */
const noDevtools = {
  name: "no-devtools",
  setup(plugin) {
    plugin.onResolve({ filter: /^react-devtools-core$/ }, (args) => ({ path: args.path, namespace: "empty" }));
    plugin.onLoad({ filter: /.*/, namespace: "empty" }, () => ({ contents: "export default {}" }));
  },
};

rmSync("dist", { recursive: true, force: true });

/** Each entry point in one CommonJS file, which starts faster than an ES module. */
const single = (entryPoints, plugins = []) =>
  build({ ...shared, format: "cjs", entryPoints, outdir: "dist", outExtension: { ".js": ".cjs" }, plugins });

await Promise.all([
  single({ wrap: "src/wrap.ts" }, [policyLoaderApart]),
  single({ "demo-server": "src/commands/demo/server.ts", "policy-load": "src/policy/load.ts" }),
  build({
    ...shared,
    format: "esm",
    splitting: true,
    entryPoints: { cli: "src/cli.ts" },
    outdir: "dist",
    outExtension: { ".js": ".mjs" },
    plugins: [noDevtools],
    banner: {
      js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
    },
  }),
]);
