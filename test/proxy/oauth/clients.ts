import { Client as Client2, StreamableHTTPClientTransport as Transport2 } from "@modelcontextprotocol/client";
import { Client as Client1 } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport as Transport1 } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { onTestFinished } from "vitest";
import type { Person } from "./person.ts";

export type TestClient = { call(tool: string): Promise<string> };

const info = { name: "test", version: "1.0.0" };

/** Connects, logs in when asked to, and connects again: what an application does with an SDK. */
export type Connect = (url: string, person?: Person, headers?: Record<string, string>) => Promise<TestClient>;

const connect1: Connect = async (url, person, headers = {}) => {
  const options = { requestInit: { headers }, ...(person === undefined ? {} : { authProvider: person }) };
  const open = async (): Promise<[Client1, Transport1]> => [new Client1(info), new Transport1(new URL(url), options)];
  const [first, transport] = await open();
  const finish = (): Promise<void> => transport.finishAuth(person?.answer.get("code") ?? "");
  return session(person, finish, async (isFirst) => {
    const [client, way] = isFirst ? [first, transport] : await open();
    await client.connect(way);
    return client;
  });
};

const connect2: Connect = async (url, person, headers = {}) => {
  const options = { requestInit: { headers }, ...(person === undefined ? {} : { authProvider: person }) };
  const open = (): [Client2, Transport2] => [new Client2(info), new Transport2(new URL(url), options)];
  const [first, transport] = open();
  const finish = (): Promise<void> => transport.finishAuth(person?.answer ?? new URLSearchParams());
  return session(person, finish, async (isFirst) => {
    const [client, way] = isFirst ? [first, transport] : open();
    await client.connect(way);
    return client;
  });
};

export const sdks: readonly (readonly [name: string, connect: Connect])[] = [
  ["1.x", connect1],
  ["2.x", connect2],
];

type AnyClient = { callTool(call: { name: string }): Promise<unknown>; close(): Promise<void> };

async function session(
  person: Person | undefined,
  finish: () => Promise<void>,
  connect: (isFirst: boolean) => Promise<AnyClient>,
): Promise<TestClient> {
  const loggedIn = async <T>(run: (isFirst: boolean) => Promise<T>): Promise<T> => {
    try {
      return await run(true);
    } catch (error) {
      if (person === undefined || !/Unauthorized/.test(String(error))) throw error;
      await finish();
      return run(false);
    }
  };
  const client = await loggedIn(connect);
  onTestFinished(() => client.close());
  return { call: (tool) => loggedIn(async () => textOf(await client.callTool({ name: tool }))) };
}

function textOf(result: unknown): string {
  const { content } = result as { content: { text: string }[] };
  return content[0]?.text ?? "";
}
