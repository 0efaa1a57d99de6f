import { existsSync } from "node:fs";
import axe from "axe-core";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

/** Debian's; `.ci/run` installs it. */
const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
export const hasBrowser = existsSync(executablePath);
if (!hasBrowser) process.stderr.write(`${executablePath} is missing: the tests in a browser are skipped\n`);

export type Opened = {
  page: Page;
  /** What went wrong in the page so far: script errors, refused content, requests to elsewhere. */
  complaints: string[];
};

export async function launch(): Promise<Browser> {
  return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
}

/** A page in a context of its own, which is closed with the browser. */
export async function open(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Opened> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("dialog", (dialog) => complaints.push(`dialog ${dialog.message()}`));
  page.on("request", (request) => {
    if (!request.url().startsWith(new URL("/_mcpguard/", url).href)) complaints.push(`request ${request.url()}`);
  });
  await page.goto(url);
  return { page, complaints };
}

type Violation = { id: string; nodes: { html: string; failureSummary: string }[] };

/** What axe-core has to say against a page. */
export async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const violations = await page.evaluate<Violation[]>("axe.run().then(({ violations }) => violations)");
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}
