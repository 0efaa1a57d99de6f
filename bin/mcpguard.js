#!/usr/bin/env node
"use strict";
const [verb, ...rest] = process.argv.slice(2);
const separator = rest.indexOf("--");
const own = separator === -1 ? rest : rest.slice(0, separator);

// The shim starts once per server: it must not pay for the command line parser.
if (verb === "wrap" && !own.includes("--help")) require("../dist/wrap.cjs");
else {
  // Ink and chalk ignore NO_COLOR; FORCE_COLOR=0 is what they read.
  if (process.env.NO_COLOR) process.env.FORCE_COLOR = "0";
  import("../dist/cli.mjs").catch(notBuilt);
}

function notBuilt(error) {
  console.error(error.code === "ERR_MODULE_NOT_FOUND" ? "mcpguard is not built: run npm ci first" : error);
  process.exitCode = 1;
}
