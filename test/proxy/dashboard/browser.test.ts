import type { Browser, BrowserContextOptions } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addPins } from "../../../src/state/pins.ts";
import { barriers, hasBrowser, launch, open, type Opened } from "./open-browser.ts";
import { hostile, hostileEvents, hostileItems } from "./sample-attack.ts";
import { type Started, startDashboard } from "./start-dashboard.ts";

describe.skipIf(!hasBrowser)("in a browser", { timeout: 30_000 }, () => {
  let browser: Browser;
  let started: Started;
  const events = hostileEvents();
  const paths = [
    "",
    "servers",
    "rules",
    `event?id=${events[0]?.id}`,
    "event?id=nobody",
    "?severity=high&q=nothing&live=off",
  ];

  beforeAll(async () => {
    [browser, started] = await Promise.all([launch(), startDashboard()]);
    started.write(...events);
    started.wait(...hostileItems());
    addPins(
      started.home,
      "0123abcd",
      hostile.map((name) => ({ kind: "tool", name, form: JSON.stringify({ description: name }) })),
    );
  });
  afterAll(async () => {
    await browser?.close();
    await started?.stop();
  });

  test.each(["light", "dark"] as const)("no page has a barrier, in %s colours", async (colorScheme) => {
    await eachPage({ colorScheme }, async ({ page }, path) => expect(await barriers(page), path).toEqual([]));
  });

  test("no text of a server acts, and the page breaks no rule of its own", async () => {
    await eachPage({}, async ({ page, complaints }, path) => {
      if (path === "") await page.locator("#live-state[data-state=live]").waitFor();
      expect(await page.evaluate("window.harmed"), path).toBeUndefined();
      expect(
        await page.locator("iframe, img:not([alt=''][src^='/_mcpguard/']), [onerror], [onload], #rows svg").count(),
        path,
      ).toBe(0);
      expect(await page.locator("body").innerText(), path).not.toMatch(/[\u202E\u2066\u200B\u001B]/);
      const isMissing = path === "event?id=nobody";
      expect(complaints, path).toEqual(isMissing ? [expect.stringContaining("404")] : []);
    });
  });

  test("hostile text that arrives live is as dead", async () => {
    const { page, complaints } = await open(browser, started.url);
    await page.locator("#live-state[data-state=live]").waitFor();
    const more = hostileEvents().map((one) => ({
      ...one,
      message: `late ${one.message}`,
      timestamp: new Date().toISOString(),
    }));
    started.write(...more);
    for (const { message } of more.slice(0, 3)) await page.locator("#rows").getByText(message).first().waitFor();
    expect(await page.evaluate("window.harmed")).toBeUndefined();
    expect(await page.locator("h1").count()).toBe(1);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("nothing is wider than a phone, folded or not", async () => {
    await eachPage({ viewport: { width: 375, height: 800 } }, async ({ page }, path) => {
      const width = "document.documentElement.scrollWidth";
      expect(await page.evaluate(width), path).toBe(375);
      await page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))");
      expect(await page.evaluate(width), `${path} unfolded`).toBe(375);
    });
  });

  test("nothing is wider than a phone without script", async () => {
    const options = { viewport: { width: 375, height: 800 }, javaScriptEnabled: false };
    const { page } = await open(browser, started.url, options);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(375);
  });

  /** Looks at every page, two at a time. */
  async function eachPage(
    options: BrowserContextOptions,
    look: (opened: Opened, path: string) => Promise<void>,
  ): Promise<void> {
    const left = [...paths];
    async function lookOn(): Promise<void> {
      for (let path = left.shift(); path !== undefined; path = left.shift()) {
        const opened = await open(browser, started.url + path, options);
        await look(opened, path);
        await opened.page.context().close();
      }
    }
    await Promise.all([lookOn(), lookOn()]);
  }
});
