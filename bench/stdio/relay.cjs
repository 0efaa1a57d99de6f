"use strict";
// The least a Node program in the middle can do: two pipes. What mcpguard costs is measured against it.
const { spawn } = require("node:child_process");
const [command, ...args] = process.argv.slice(2);
const server = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] });
process.stdin.pipe(server.stdin);
server.stdout.pipe(process.stdout);
server.on("exit", (code) => process.exit(code ?? 1));
