import { setTimeout as wait } from "node:timers/promises";
import type { Talk } from "./talk.ts";

/** What there is to talk about with a server. */
export type Topics = {
  /** Arguments for tools that need some; others are called without. */
  arguments: Readonly<Record<string, Record<string, unknown>>>;
  skip: readonly string[];
  prompts: readonly { name: string; arguments?: Record<string, string> }[];
  resources: readonly string[];
  completions: readonly Parameters<Talk["complete"]>[0][];
  /** A resource to subscribe to, and the tool that changes it. */
  watched: { uri: string; trigger: { name: string; arguments?: Record<string, unknown> } } | undefined;
  /** What the server says by itself some time after the start. */
  greeting: string | undefined;
  /** A tool that runs for a while and tells its progress. */
  slow: { name: string; arguments?: Record<string, unknown> };
};

/** Does everything that a client can do, and notes what came of it. */
export async function converse(talk: Talk, topics: Topics): Promise<Record<string, unknown>> {
  const noted: Record<string, unknown> = {};
  const note = async (title: string, act: () => Promise<unknown>): Promise<void> => {
    const before = talk.heard.length;
    const result = await act().catch((error: unknown) => `${String(error)}`);
    noted[title] = timeless({ result, heard: talk.heard.slice(before) });
  };
  await heard(talk, 0, topics.greeting);
  noted["greeting"] = [...talk.heard];
  await note("facts", async () => talk.facts());
  await note("ping", () => talk.ping());
  await note("level", () => talk.setLoggingLevel("debug"));
  await note("prompts", () => talk.listPrompts());
  await note("resources", () => talk.listResources());
  await note("templates", () => talk.listResourceTemplates());
  for (const prompt of topics.prompts) await note(`prompt ${prompt.name}`, () => talk.getPrompt(prompt));
  for (const uri of topics.resources) await note(`resource ${uri}`, () => talk.readResource({ uri }));
  for (const about of topics.completions) await note(`completion ${about.argument.value}`, () => talk.complete(about));
  await note("subscribe", () => subscribed(talk, topics));
  await note("progress", () => progressOf(talk, topics));
  const { tools } = await talk.listTools();
  noted["tools"] = tools;
  for (const { name } of tools) {
    if (topics.skip.includes(name)) continue;
    await note(`call ${name}`, () => talk.callTool({ name, arguments: topics.arguments[name] ?? {} }));
  }
  await note("call of none", () => talk.callTool({ name: "no_such_tool" }));
  // Last: clients resume the stream of such a call some time later, and servers replay what they like.
  await note("cancel", () => talk.callTool(topics.slow, { signal: AbortSignal.timeout(30) }));
  return noted;
}

async function progressOf(talk: Talk, { slow }: Topics): Promise<unknown> {
  const steps: unknown[] = [];
  const result = await talk.callTool(slow, { onprogress: (progress) => steps.push(progress) });
  return { steps, result };
}

async function subscribed(talk: Talk, { watched }: Topics): Promise<unknown> {
  if (watched === undefined) return undefined;
  const before = talk.heard.length;
  const said = [await talk.subscribe(watched.uri), await talk.callTool(watched.trigger)];
  await heard(talk, before, "notifications/resources/updated");
  return [...said, await talk.unsubscribe(watched.uri)];
}

/** Waits until the server has said this. */
async function heard(talk: Talk, since: number, what: string | undefined): Promise<void> {
  while (what !== undefined && !JSON.stringify(talk.heard.slice(since)).includes(what)) await wait(5);
}

/** Base64 of texts that begin with "Resource". */
const blobs = /UmVzb3VyY2[\w+/]+=*/g;

/** Times differ from run to run, and so do the names that a server makes up. */
function timeless(value: unknown): unknown {
  const text = (JSON.stringify(value) ?? "null").replaceAll(blobs, (blob) => Buffer.from(blob, "base64").toString());
  const times = /\d{1,2}:\d\d:\d\d( [AP]M)?|\d{4}-\d\d-\d\dT[\d:.]+Z/g;
  const names = /[0-9a-f]{8}-[0-9a-f-]{27}/g;
  return JSON.parse(text.replaceAll(times, "TIME").replaceAll(names, "NAME"));
}
