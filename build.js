import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
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

/** The examples that detectors carry are for tests and docs; the shim starts without them. */
const noExamples = {
  name: "no-examples",
  setup(plugin) {
    plugin.onResolve({ filter: /^\.\/examples\/[\w-]+\.ts$/ }, ({ path, resolveDir }) => {
      const isExamples = resolveDir === resolve("src/detectors") && path !== "./examples/messages.ts";
      return isExamples ? { path, namespace: "no-examples" } : undefined;
    });
    plugin.onLoad({ filter: /.*/, namespace: "no-examples" }, () => ({
      contents: "export const examples = { bad: [], good: [] };",
    }));
  },
};

/** The gate's tables take tens of milliseconds to make: they are made here, once. */
async function packedGate() {
  const source = `
    export { packGate } from "./src/text/packed-gate.ts";
    export { gateTables } from "./src/detectors/gate-tables.ts";`;
  const bundled = await build({ ...shared, stdin: { contents: source, resolveDir: "." }, format: "esm", write: false });
  const code = Buffer.from(bundled.outputFiles[0].contents).toString("base64");
  const { packGate, gateTables } = await import(`data:text/javascript;base64,${code}`);
  return JSON.stringify(packGate(gateTables()));
}

/** They stand in a file of their own: as a text within the program they would stay in memory twice. */
const gateReadyMade = (folder) => ({
  name: "gate-ready-made",
  setup(plugin) {
    plugin.onLoad({ filter: /[\\/]detectors[\\/]gate-tables\.ts$/ }, () => ({
      contents: `
        import { readFileSync } from "node:fs";
        import { join } from "node:path";
        import { unpackGate } from "../text/packed-gate.ts";
        export const gateTables = () => unpackGate(JSON.parse(readFileSync(join(${folder}, "gate.json"), "utf8")));`,
      resolveDir: resolve("src/detectors"),
    }));
  },
});

/** What the dashboard's pages load stands within the program: what is read from the source tree is imported as text. */
const dashboardTexts = {
  name: "dashboard-texts",
  setup(plugin) {
    plugin.onLoad({ filter: /[\\/]dashboard[\\/]assets[\\/]texts\.ts$/ }, ({ path }) => {
      const names = [];
      const source = readFileSync(path, "utf8").replace(
        /\bread\(import\.meta\.resolve\("([^"]+)"\)\)/g,
        (_, name) => `text${names.push(name)}`,
      );
      const imports = names.map((name, at) => `import text${at + 1} from "${name}" with { type: "text" };`);
      return { contents: [...imports, source].join("\n"), loader: "ts", resolveDir: dirname(path) };
    });
  },
};

/** Built beside and put in place at the end: whoever runs the old build meanwhile never finds half a one. */
const beside = `.dist-${process.pid}`;

/** Each entry point in one CommonJS file, which starts faster than an ES module. */
const single = (entryPoints, plugins = []) =>
  build({ ...shared, format: "cjs", entryPoints, outdir: beside, outExtension: { ".js": ".cjs" }, plugins });

await Promise.all([
  single({ wrap: "src/wrap.ts" }, [policyLoaderApart, noExamples, gateReadyMade("__dirname")]),
  single({ "demo-server": "src/commands/demo/server.ts", "policy-load": "src/policy/load.ts" }),
  build({
    ...shared,
    format: "esm",
    splitting: true,
    entryPoints: { cli: "src/cli.ts" },
    outdir: beside,
    outExtension: { ".js": ".mjs" },
    plugins: [noDevtools, dashboardTexts, gateReadyMade("import.meta.dirname")],
    banner: {
      js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
    },
  }),
]);

writeFileSync(`${beside}/gate.json`, await packedGate());
const old = `${beside}-old`;
if (existsSync("dist")) renameSync("dist", old);
renameSync(beside, "dist");
rmSync(old, { recursive: true, force: true });
