"use strict";
// A server that costs next to nothing, so that what is measured is what stands in front of it.
const blobs = new Map();

function blob(size) {
  if (!blobs.has(size)) {
    const line =
      'Größe naïve café: a row of ordinary prose, "quoted" once,\nwith a number 12345 and a path C:\\temp\\file. ';
    blobs.set(size, line.repeat(Math.ceil(size / line.length)).slice(0, size));
  }
  return blobs.get(size);
}

function answer({ id, method, params }) {
  if (id === undefined) return;
  let result = {};
  if (method === "initialize")
    result = { protocolVersion: "2025-11-25", capabilities: { tools: {} }, serverInfo: { name: "echo", version: "1" } };
  else if (method === "tools/call") {
    const { text, size } = params.arguments;
    result = { content: [{ type: "text", text: size === undefined ? text : blob(size) }] };
  }
  process.stdout.write(`${JSON.stringify({ result, jsonrpc: "2.0", id })}\n`);
}

let rest = [];
process.stdin.on("data", (chunk) => {
  let from = 0;
  for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, from)) {
    rest.push(chunk.subarray(from, at));
    answer(JSON.parse(Buffer.concat(rest).toString("utf8")));
    rest = [];
    from = at + 1;
  }
  if (from < chunk.length) rest.push(chunk.subarray(from));
});
