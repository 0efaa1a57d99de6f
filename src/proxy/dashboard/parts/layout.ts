import { assetPaths } from "../assets/assets.ts";
import { href } from "../html/href.ts";
import { html, type Content, type Html } from "../html/html.ts";

type Frame = {
  title: string;
  version: string;
  /** Whether the page says if it is live; only pages with a stream do. */
  live?: Html | undefined;
};

const pages = [
  ["", "Overview"],
  ["servers", "Servers"],
  ["rules", "Rules"],
] as const;

/** htmx may evaluate nothing, style nothing and swap in no error page; what a person unfolded stays so. */
const settings = JSON.stringify({
  extensions: "sse",
  history: false,
  includeIndicatorCSS: false,
  noSwap: [204, 304, "3xx", "4xx", "5xx"],
  morphIgnore: ["data-htmx-powered", "open"],
});

/** A whole page. */
export function layout({ title, version, live }: Frame, ...content: readonly Content[]): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="htmx-config" content="${settings}" />
        <title>${title} · mcpguard</title>
        <link rel="icon" type="image/svg+xml" href="${assetPaths.icon}" />
        <link rel="stylesheet" href="${assetPaths.style}" />
        <script src="${assetPaths.script}" defer></script>
      </head>
      <body>
        <a class="skip" href="#content">Skip to content</a>
        <header>
          <a class="brand" href="${href("")}"
            ><img src="${assetPaths.icon}" alt="" width="22" height="22" /> mcpguard</a
          >
          <nav aria-label="Pages">
            ${pages.map(([path, name]) => html`<a href="${href(path)}" ${name === title && html` aria-current="page"`}>${name}</a> `)}
          </nav>
          ${live}
        </header>
        <main id="content">${content}</main>
        <footer class="dim">mcpguard ${version}</footer>
      </body>
    </html> `;
}
