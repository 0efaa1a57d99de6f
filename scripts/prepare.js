import { existsSync } from "node:fs";

// npm runs this after `npm ci`, and npx before its first run in a clone. A failure there would leave npx
// a broken cache entry that outlives it, so a clone without its packages is only told so.
if (existsSync("node_modules/esbuild")) await import("../build.js");
else console.error("mcpguard is not built: run npm ci first");
