import { createHash } from "node:crypto";
import { html, Html, type Content } from "../dashboard/html/html.ts";

/** An answer to a browser or client that logs in. */
export type Reply = { status: number; headers: Readonly<Record<string, string>>; body: string };

const style =
  "body{font:1rem/1.5 system-ui,sans-serif;max-width:36rem;margin:12vh auto;padding:0 1rem;overflow-wrap:anywhere}button{font:inherit;padding:.4rem 1rem}";
const policy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'`,
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join("; ");

/** Addresses of these pages hold codes, which must not go anywhere else. */
const always = { "cache-control": "no-store", "x-content-type-options": "nosniff", "referrer-policy": "no-referrer" };

/** A page for the person who logs in. */
export function page(status: number, title: string, ...content: readonly Content[]): Reply {
  const body = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · mcpguard</title>
        ${sheet}
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          ${content}
        </main>
      </body>
    </html> `;
  const headers = { ...always, "content-type": "text/html; charset=utf-8", "content-security-policy": policy };
  return { status, headers, body: body.toString() };
}

const sheet = Html.of([`<style>${style}</style>`], []);

export function json(status: number, value: unknown): Reply {
  return { status, headers: { ...always, "content-type": "application/json" }, body: JSON.stringify(value) };
}

export function redirect(location: string, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status: 302, headers: { ...always, ...headers, location }, body: "" };
}

/** An error in OAuth's own form. RFC 6749, 5.2 */
export function oauthError(status: number, error: string, description: string): Reply {
  return json(status, { error, error_description: `mcpguard: ${description}` });
}
