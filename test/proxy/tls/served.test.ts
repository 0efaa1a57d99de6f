import { writeFileSync } from "node:fs";
import { request } from "node:https";
import { expect, it, vi } from "vitest";
import { guarded } from "../access/guarded.ts";
import { newPair, pairOnDisk } from "./pairs.ts";

type Answer = { status: number | undefined; body: string; name: string };

/** Asks for a path and trusts only this certificate. */
function ask(url: string, ca: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { ca, servername: "localhost", checkServerIdentity: () => undefined }, (response) => {
      let body = "";
      const { CN } = (response.socket as import("node:tls").TLSSocket).getPeerCertificate().subject;
      response.setEncoding("utf8").on("data", (part: string) => (body += part));
      response.on("end", () => resolve({ status: response.statusCode, body, name: String(CN) }));
    });
    sent.on("error", reject).end();
  });
}

it("serves HTTPS with the given pair, and with a new one soon after its files changed", async () => {
  const pair = await pairOnDisk("old.example");
  const { url, seen } = await guarded({ "tls-cert": pair.certPath, "tls-key": pair.keyPath });
  expect(url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
  expect(await ask(`${url}/mcp`, pair.cert)).toMatchObject({ status: 200, name: "old.example" });
  expect(seen).toHaveLength(1);

  const next = await newPair("new.example");
  writeFileSync(pair.certPath, next.cert);
  writeFileSync(pair.keyPath, next.private);
  await vi.waitFor(async () => expect((await ask(`${url}/health`, next.cert)).name).toBe("new.example"), 3000);
});

it("does not talk to those who speak plain HTTP", async () => {
  const pair = await pairOnDisk();
  const { url } = await guarded({ "tls-cert": pair.certPath, "tls-key": pair.keyPath });
  await expect(fetch(url.replace("https:", "http:"))).rejects.toThrow("fetch failed");
});
