import { copyFileSync, renameSync, writeFileSync } from "node:fs";
import { createServer, Agent, get } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { connect, type TLSSocket } from "node:tls";
import { expect, it, onTestFinished, vi } from "vitest";
import { followPair, tlsOptions } from "../../../src/proxy/tls/follow-pair.ts";
import { loadPair, type PairPaths } from "../../../src/proxy/tls/load-pair.ts";
import { newPair, pairOnDisk } from "./pairs.ts";

/** A server with the pair, followed; tells what `followPair` told. */
async function serve(paths: PairPaths) {
  const server = createServer(tlsOptions(loadPair(paths)), (_, response) => response.end("served"));
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const told = { changes: 0, errors: [] as unknown[] };
  const stop = followPair(paths, server, {
    onChange: () => void told.changes++,
    onError: (error) => void told.errors.push(error),
    everyMs: 50,
  });
  onTestFinished(() => {
    stop();
    server.closeAllConnections();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, told };
}

function connectTo(port: number, ALPNProtocols?: string[]): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const options = { port, host: "127.0.0.1", rejectUnauthorized: false };
    const socket = connect(ALPNProtocols === undefined ? options : { ...options, ALPNProtocols }, () =>
      resolve(socket),
    );
    socket.on("error", reject);
    onTestFinished(() => void socket.destroy());
  });
}

async function nameServed(port: number): Promise<string> {
  const { CN } = (await connectTo(port)).getPeerCertificate().subject;
  return String(CN);
}

function bodyBy(agent: Agent, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    get({ port, host: "127.0.0.1", agent, rejectUnauthorized: false }, (response) => {
      response.setEncoding("utf8").on("data", resolve);
    }).on("error", reject);
  });
}

it("gives new connections the new certificate and keeps the old connections", async () => {
  const paths = await pairOnDisk("old.example");
  const { port, told } = await serve(paths);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => agent.destroy());
  expect(await bodyBy(agent, port)).toBe("served");
  const [[socket]] = Object.values(agent.freeSockets) as [[TLSSocket]];

  const next = await newPair("new.example");
  for (const [path, text] of [
    [paths.certPath, next.cert],
    [paths.keyPath, next.private],
  ] as const) {
    writeFileSync(`${path}.new`, text);
    renameSync(`${path}.new`, path);
  }
  await vi.waitFor(async () => expect(await nameServed(port)).toBe("new.example"), { timeout: 2000 });
  expect(socket.destroyed).toBe(false);
  expect(await bodyBy(agent, port)).toBe("served");
  expect(told).toEqual({ changes: 1, errors: [] });
});

it("keeps the old certificate where the new files do not fit, says so once, and takes the repair", async () => {
  const paths = await pairOnDisk("old.example");
  const { port, told } = await serve(paths);
  const other = await pairOnDisk("other.example");
  copyFileSync(other.certPath, paths.certPath);
  await vi.waitFor(() => expect(told.errors).toHaveLength(1), { timeout: 2000 });
  expect(await nameServed(port)).toBe("old.example");
  await new Promise((done) => setTimeout(done, 300));
  expect(told.errors).toHaveLength(1);
  copyFileSync(other.keyPath, paths.keyPath);
  await vi.waitFor(async () => expect(await nameServed(port)).toBe("other.example"), { timeout: 2000 });
  expect(told.changes).toBe(1);
});

it("keeps serving while the files are gone", async () => {
  const paths = await pairOnDisk("old.example");
  const { port, told } = await serve(paths);
  renameSync(paths.certPath, join(paths.folder, "away"));
  await vi.waitFor(() => expect(told.errors).toHaveLength(1), { timeout: 2000 });
  expect(await nameServed(port)).toBe("old.example");
});

it("speaks HTTP/1.1 only, and no TLS older than 1.2", async () => {
  const { port } = await serve(await pairOnDisk());
  expect((await connectTo(port, ["h2", "http/1.1"])).alpnProtocol).toBe("http/1.1");
  await expect(connectTo(port, ["h2"])).rejects.toThrow(/no application protocol/i);
  const old = new Promise((resolve, reject) => {
    const options = { port, host: "127.0.0.1", rejectUnauthorized: false } as const;
    connect({ ...options, minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" }, () =>
      resolve("connected"),
    ).on("error", reject);
  });
  await expect(old).rejects.toThrow(/protocol version/i);
});
