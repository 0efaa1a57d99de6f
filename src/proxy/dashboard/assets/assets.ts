import { createHash } from "node:crypto";
import { base } from "../html/href.ts";
import type { Reply } from "../reply.ts";
import { texts } from "./texts.ts";

const style = asset("css", "text/css; charset=utf-8", texts.style);
const script = asset("js", "text/javascript; charset=utf-8", [texts.htmx, texts.sse, texts.liveState].join("\n;\n"));
const icon = asset("svg", "image/svg+xml", texts.icon);

/** The paths of the files that pages need. Each holds the hash of its content, so browsers may keep it for ever. */
export const assetPaths = { style: style.path, script: script.path, icon: icon.path };

const replies = new Map([style, script, icon].map(({ path, reply }) => [path, reply]));

export function assetReply(path: string): Reply | undefined {
  return replies.get(path);
}

function asset(kind: string, type: string, body: string): { path: string; reply: Reply } {
  const hash = createHash("sha256").update(body).digest("hex").slice(0, 16);
  const headers = { "content-type": type, "cache-control": "public, max-age=31536000, immutable" };
  return { path: `${base}assets/${hash}.${kind}`, reply: { status: 200, headers, body } };
}
