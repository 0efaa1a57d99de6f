import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { callTool, plainServer } from "./proxy/plain-server.ts";
import { endedProxy, runningProxy } from "./proxy/running-proxy.ts";
import { temporaryHome } from "./run-cli.ts";

describe("mcpguard proxy refuses with exit 1 and says what is wrong", () => {
  it.each<[string, string[], RegExp]>([
    ["a target of another scheme", ["--target", "file:///etc"], /--target: expected a URL that begins with http/],
    ["a port out of range", ["-p", "65536"], /--port 65536: expected a port from 0 to 65535/],
    ["a port that is no number", ["-p", "many"], /--port many: expected a port/],
    ["a port that is nothing", ["--port", ""], /--port: expected a port/],
    ["an unknown mode", ["--mode", "pipe"], /--mode pipe: .*"http"\|"stdio"/],
    ["mode stdio without a command", ["-m", "stdio"], /needs a command[^]*-- COMMAND/],
    ["one TLS file", ["--tls-cert", "c.pem"], /certificate but no key/],
    ["TLS files that are not there", ["--tls-cert", "c.pem", "--tls-key", "k.pem"], /c\.pem cannot be read \(ENOENT\)/],
    ["a limit of zero", ["-r", "0"], /--rate-limit 0: .*>0/],
    ["a negative window", ["-w", "-1"], /--rate-window -1: .*>0/],
    ["a log folder that cannot be", ["-l", "/dev/null/log"], /log folder \/dev\/null\/log cannot be used/],
    ["a configuration that is not there", ["-C", "none.yaml"], /none\.yaml cannot be read \(ENOENT\)/],
    ["an option there is not", ["--tagret", "x"], /Unknown argument: tagret/],
    ["a word that is no option", ["start"], /Unknown argument: start/],
    ["an option without its value", ["--host"], /Not enough arguments following: host/],
    ["an address this machine does not have", ["-p", "0", "--host", "203.0.113.1"], /203\.0\.113\.1/],
  ])("%s", async (_, args, message) => {
    const { code, err, out } = await endedProxy(args);
    expect(code).toBe(1);
    expect(err).toMatch(message);
    expect(err).not.toMatch(/^ {4}at /m);
    expect(out).toBe("");
  });

  it("a file that is wrong, with file and line", async () => {
    const home = temporaryHome();
    writeFileSync(join(home, "c.yaml"), "deny: [a]\nrate_limit: none\n");
    const { code, err } = await endedProxy(["--config", "c.yaml"], { home });
    expect(code).toBe(1);
    expect(err).toContain(`${join(home, "c.yaml")}:2:13: rate_limit: expected number`);
  });

  it("a port that is in use, naming it", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    onTestFinished(() => void other.close());
    await new Promise((ready) => other.once("listening", ready));
    const { port } = other.address() as AddressInfo;
    const { code, err } = await endedProxy(["--port", String(port)]);
    expect(code).toBe(1);
    expect(err).toMatch(new RegExp(`Port ${port} .*in use[^]*--port`));
  });
});

describe("mcpguard proxy says at start what runs", () => {
  it("in one JSON line on stdout, with --json", async () => {
    const { banner, url, home, said } = await runningProxy(["--target", "http://localhost:1/x", "-d", "a", "-a", "a"]);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(banner).toMatchObject({
      event: "listening",
      upstreams: [{ name: "default", server: "http://localhost:1/x", preset: "balanced" }],
      log_dir: join(home, "guard", "log"),
      dashboard: `${url}/_mcpguard/`,
      warnings: ["a is both allowed and denied; deny wins"],
    });
    expect(said()).toBe("");
  });

  it("in lines on stderr without it, the URL first, and nothing on stdout", async () => {
    const { err, out, code } = await endedProxy(["--port", "0", "-k", "hunter2"], { endWhenSaid: "dashboard" });
    expect(err).toMatch(
      /^mcpguard proxy listening on http:\/\/127\.0\.0\.1:\d+\n {2}server {5}http:\/\/localhost:8000 /,
    );
    expect(err).toContain("100 calls of a method in 60 s");
    expect(err).toContain("warning: everybody on this machine can read the API key");
    expect(err).not.toContain("hunter2");
    expect(out).toBe("");
    expect(code).toBe(0);
  });
});

describe("a running mcpguard proxy", () => {
  it("passes calls on and applies flags: allow, deny, rate limit", async () => {
    const server = await plainServer();
    const args = ["--target", `${server.url}/base`, "-a", "read_*", "-a", "write", "-d", "read_secret", "-r", "2"];
    const { url } = await runningProxy(args);
    expect((await callTool(url, "read_file")).text).toContain("did read_file");
    expect((await callTool(url, "write")).text).toContain("did write");
    expect((await callTool(url, "read_secret")).text).toMatch(/"isError":true/);
    expect((await callTool(url, "exec")).text).toMatch(/"isError":true/);
    expect((await callTool(url, "write")).text).toMatch(/More than 2 calls of tools\/call.*"isError":true/);
    expect(server.seen.map(({ path }) => path)).toEqual(["/base/mcp", "/base/mcp"]);
  });

  it("takes its settings from variables", async () => {
    const server = await plainServer();
    const env = { MCPGUARD_TARGET: server.url, MCPGUARD_DENY: "a,b", MCPGUARD_PORT: "1" };
    const { url } = await runningProxy([], { env });
    expect((await callTool(url, "b")).text).toMatch(/"isError":true/);
    expect((await callTool(url, "c")).text).toContain("did c");
  });

  it("takes up an edit of its file within 2 s, keeps sessions, and survives a wrong one", async () => {
    const server = await plainServer();
    const home = temporaryHome();
    const file = join(home, "rules.yaml");
    writeFileSync(file, "deny: [a]\n");
    const proxy = await runningProxy(["--target", server.url, "--config", file, "--hot-reload"], { home });
    const refuses = async (name: string) => (await callTool(proxy.url, name)).text.includes('"isError":true');
    expect([await refuses("a"), await refuses("b")]).toEqual([true, false]);

    writeFileSync(file, "deny: [b]\n");
    await vi.waitFor(async () => expect([await refuses("a"), await refuses("b")]).toEqual([false, true]), 2000);
    writeFileSync(file, "deny: {\n");
    await vi.waitFor(() => expect(proxy.said()).toMatch(/rules\.yaml:\d+:\d+: this is not valid YAML/), 2000);
    expect([await refuses("a"), await refuses("b")]).toEqual([false, true]);
    writeFileSync(file, "deny: [a]\n");
    await vi.waitFor(async () => expect([await refuses("a"), await refuses("b")]).toEqual([true, false]), 2000);
  });

  it("logs into the named folder", async () => {
    const server = await plainServer();
    const { url, home, process: child, ended } = await runningProxy(["--target", server.url, "-l", "my log"]);
    await callTool(url, "noted");
    child.kill("SIGTERM");
    await ended;
    const day = `${new Date().toISOString().slice(0, 10)}.jsonl`;
    expect(readFileSync(join(home, "my log", day), "utf8")).toContain('"tool":"noted"');
  });
});

describe("when it is asked to end", () => {
  it.each(["SIGTERM", "SIGINT"] as const)("by %s it lets open calls end, and exits with 0", async (signal) => {
    const server = await plainServer();
    const { url, process: child, ended } = await runningProxy(["--target", server.url]);
    const open = callTool(url, "slow");
    await vi.waitFor(() => expect(server.seen).toHaveLength(1));
    child.kill(signal);
    expect((await open).text).toContain("did slow");
    expect(await ended).toEqual({ code: 0, signal: null });
    await expect(fetch(`${url}/health`)).rejects.toThrow("fetch failed");
  });

  it("a second time it ends at once", async () => {
    const server = await plainServer();
    const proxy = await runningProxy(["--target", server.url]);
    const open = callTool(proxy.url, "slow").catch((error: unknown) => error);
    await vi.waitFor(() => expect(server.seen).toHaveLength(1));
    proxy.process.kill("SIGINT");
    await vi.waitFor(() => expect(proxy.said()).toContain("stopping"));
    proxy.process.kill("SIGINT");
    expect(await proxy.ended).toEqual({ code: 130, signal: null });
    expect(await open).toBeInstanceOf(Error);
  });
});
