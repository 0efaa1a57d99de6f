"use strict";
// An MCP server that costs next to nothing, so that what is measured is what stands in front of it.
const { createServer } = require("node:http");

const line =
  'Größe naïve café: a row of ordinary prose, "quoted" once,\nwith a number 12345 and a path C:\\temp\\file. ';
const blobs = new Map();
function blob(size) {
  if (!blobs.has(size)) blobs.set(size, line.repeat(Math.ceil(size / line.length)).slice(0, size));
  return blobs.get(size);
}

function result({ method, params }) {
  if (method === "initialize")
    return { protocolVersion: "2025-11-25", capabilities: { tools: {} }, serverInfo: { name: "echo", version: "1" } };
  if (method !== "tools/call") return {};
  const { text, size } = params.arguments;
  return { content: [{ type: "text", text: size === undefined ? text : blob(size) }] };
}

/** Events that say when they were sent, on a clock that all processes share. */
function stream(response) {
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.flushHeaders();
  const timer = setInterval(() => {
    const params = { level: "info", data: String(process.hrtime.bigint()) };
    response.write(`data: ${JSON.stringify({ jsonrpc: "2.0", method: "notifications/message", params })}\n\n`);
  }, 10);
  response.on("close", () => clearInterval(timer));
}

let sessions = 0;
const server = createServer((request, response) => {
  if (request.method === "GET") return stream(response);
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    const message = JSON.parse(Buffer.concat(chunks).toString());
    const body = Buffer.from(JSON.stringify({ result: result(message), jsonrpc: "2.0", id: message.id }));
    const session = message.method === "initialize" ? { "mcp-session-id": `session-${++sessions}` } : {};
    response.writeHead(200, { "content-type": "application/json", "content-length": body.length, ...session });
    response.end(body);
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => console.log(`listening on http://127.0.0.1:${server.address().port}`));
