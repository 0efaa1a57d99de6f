// A server that gives every caller its own token back: as JSON, as an event stream, late, and on GET streams.
const { createServer } = require("node:http");

createServer((request, response) => {
  const session = String(request.headers["mcp-session-id"]);
  if (request.method === "GET") return stream(response, session);
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => answer(response, JSON.parse(Buffer.concat(chunks).toString()), session));
}).listen(Number(process.argv[2]), "127.0.0.1", () => console.log("listening"));

function answer(response, { id, params }, session) {
  const { token, how } = params.arguments;
  const text = `${session} ${token}`;
  const body = JSON.stringify({ jsonrpc: "2.0", id, result: { content: [{ type: "text", text }] } });
  const send = () => {
    response.writeHead(200, { "content-type": how === "events" ? "text/event-stream" : "application/json" });
    response.end(how === "events" ? `event: message\ndata: ${body}\n\n` : body);
  };
  setTimeout(send, how === "late" ? 200 : 0);
}

function stream(response, session) {
  response.writeHead(200, { "content-type": "text/event-stream" });
  const notice = { jsonrpc: "2.0", method: "notifications/message", params: { level: "info", data: session } };
  const timer = setInterval(() => response.write(`data: ${JSON.stringify(notice)}\n\n`), 250);
  response.on("close", () => clearInterval(timer));
}
