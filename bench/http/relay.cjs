"use strict";
// The least a reverse proxy on Node can do: headers copied, bodies piped, connections kept. mcpguard is measured against it.
const { Agent, createServer, request: ask } = require("node:http");

const target = new URL(process.argv[2]);
const agent = new Agent({ keepAlive: true, maxSockets: Infinity });

const server = createServer((request, response) => {
  const { method, url: path, headers } = request;
  const upstream = ask(
    { agent, host: target.hostname, port: target.port, method, path, headers: { ...headers, host: target.host } },
    (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      response.flushHeaders();
      answer.pipe(response);
    },
  );
  upstream.on("error", () => response.destroy());
  response.on("close", () => upstream.destroy());
  request.pipe(upstream);
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => console.log(`listening on http://127.0.0.1:${server.address().port}`));
