import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { pairOnDisk } from "../proxy/tls/pairs.ts";
import { copyOf, envOf, stagesOf, type Instruction } from "./dockerfile.ts";

const root = mkdtempSync(join(tmpdir(), "image-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const [build = [], final = []] = stagesOf("Dockerfile");
const copies = (stage: readonly Instruction[]) =>
  stage.filter(({ word }) => word === "COPY").map(({ rest }) => copyOf(rest));
const only = (word: string) => final.find((instruction) => instruction.word === word)?.rest ?? "";

/** Carries out the COPY instructions of a stage, as Docker would. */
function copyInto(folder: string, stage: readonly Instruction[], built: string): void {
  mkdirSync(folder, { recursive: true });
  for (const { from, sources, target } of copies(stage)) {
    for (const source of sources) {
      const path = from === undefined ? resolve(source) : join(built, basename(source));
      const isFolder = statSync(path).isDirectory();
      cpSync(path, isFolder || !target.endsWith("./") ? join(folder, target) : join(folder, basename(source)), {
        recursive: true,
      });
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((ready) => server.once("listening", ready));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

/** There is no Docker here: what its instructions say is done by hand, in a folder. */
describe("the image", () => {
  const app = join(root, "app");

  beforeAll(async () => {
    const folder = join(root, "build");
    copyInto(folder, build, "");
    symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
    await execa("node", ["build.js"], { cwd: folder });
    copyInto(app, final, folder);
  });

  it("is built only from what .dockerignore lets through", () => {
    const allowed = readFileSync(".dockerignore", "utf8")
      .split("\n")
      .filter((line) => line.startsWith("!"))
      .map((line) => line.slice(1));
    const sources = [...copies(build), ...copies(final)]
      .filter(({ from }) => from === undefined)
      .flatMap((copy) => copy.sources);
    expect(new Set(sources.map((source) => source.replace(/^\.\//, "")))).toEqual(new Set(allowed));
  });

  it("runs as nobody special, on a supported Node, and starts the proxy", () => {
    expect(only("USER")).toBe("node");
    expect(Number(/^node:(\d+)/.exec(only("FROM"))?.[1])).toBeGreaterThanOrEqual(20);
    expect([...(JSON.parse(only("ENTRYPOINT")) as string[]), ...(JSON.parse(only("CMD")) as string[])]).toEqual([
      "mcpguard",
      "proxy",
    ]);
    expect(statSync(join(app, "bin/mcpguard.js")).mode & 0o111).toBe(0o111);
  });

  it.each(["http", "https"])("is healthy over %s once the proxy runs, and not before", async (scheme) => {
    const home = mkdtempSync(join(root, "data-"));
    const link = join(home, "mcpguard");
    symlinkSync(join(app, "bin/mcpguard.js"), link);
    const port = String(await freePort());
    const pair = await pairOnDisk();
    const tls = scheme === "https" ? { MCPGUARD_TLS_CERT: pair.certPath, MCPGUARD_TLS_KEY: pair.keyPath } : {};
    const env = { ...envOf(final), MCPGUARD_HOME: home, MCPGUARD_PORT: port, MCPGUARD_API_KEY: "key", ...tls };
    const [program = "", ...args] = JSON.parse(only("HEALTHCHECK").replace(/^.*?CMD /, "")) as string[];
    const isHealthy = async () => (await execa(program, args, { env, reject: false })).exitCode === 0;

    expect(await isHealthy()).toBe(false);
    const proxy = execa(link, ["proxy"], { env, reject: false });
    onTestFinished(() => void proxy.kill("SIGKILL"));
    await vi.waitFor(async () => expect(await isHealthy()).toBe(true), { timeout: 15_000, interval: 200 });
    proxy.kill("SIGTERM");
    expect((await proxy).exitCode).toBe(0);
  });
});

it("has a folder for its data that only its user may read", () => {
  expect(final.find(({ word, rest }) => word === "RUN" && /mkdir -m 0700 \/data/.test(rest))).toBeDefined();
  expect(envOf(final)["MCPGUARD_HOME"]).toBe(only("VOLUME"));
});
