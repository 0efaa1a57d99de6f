import { isObject, stringAt, valueAt, type JsonValue } from "../../core/json.ts";
import type { Message } from "../../core/message.ts";
import { classify } from "./classify.ts";

/** The texts of something that an agent says piece by piece. */
export type StreamedTexts = {
  /** The same for all pieces of it. */
  key: string;
  /** True where they go on from the piece before. */
  continues: boolean;
  texts: readonly { at: string; text: string }[];
};

/** No id is longer. */
const MAX_KEY = 512;

/**
 * What an answer holds of artifacts, reports and messages that may come in several pieces, in 0.3's
 * shapes (by `kind`) and 1.0's (by member). What a stream says goes on where it stopped, also where it
 * is not marked `append`: many clients show piece after piece as they come.
 */
export function streamedTexts({ kind, method, value }: Message): StreamedTexts[] {
  const result = valueAt(value, "result");
  if (kind !== "response" || !isObject(result)) return [];
  const isStream = /^(?:stream|subscribe)$/.test(classify(method ?? "")?.kind ?? "");
  return [
    ...artifactUpdate(pick(result, "/result", "artifact-update", "artifactUpdate", "artifact_update"), isStream),
    ...(isStream ? statusUpdate(pick(result, "/result", "status-update", "statusUpdate", "status_update")) : []),
    ...(isStream ? message(pick(result, "/result", "message", "message", "msg")) : []),
    ...task(pick(result, "/result", "task", "task")),
  ];
}

type Found = { value: JsonValue; at: string };

/** A result of this kind is the thing itself, or holds it under one of the names. */
function pick(result: { [key: string]: JsonValue }, at: string, kind: string, ...names: string[]): Found | undefined {
  if (result["kind"] === kind || (kind === "task" && result["artifacts"] !== undefined)) return { value: result, at };
  const name = names.find((each) => isObject(result[each]));
  return name === undefined ? undefined : { value: result[name] ?? null, at: `${at}/${name}` };
}

function artifactUpdate(found: Found | undefined, isStream: boolean): StreamedTexts[] {
  if (found === undefined) return [];
  const continues = isStream || valueAt(found.value, "append") === true;
  return artifact(valueAt(found.value, "artifact"), `${found.at}/artifact`, taskOf(found.value), continues);
}

function task(found: Found | undefined): StreamedTexts[] {
  const artifacts = valueAt(found?.value, "artifacts");
  if (found === undefined || !Array.isArray(artifacts)) return [];
  const id = stringAt(found.value, "id") ?? "";
  return artifacts.flatMap((each, index) => artifact(each, `${found.at}/artifacts/${index}`, id, false));
}

function artifact(value: JsonValue | undefined, at: string, taskId: string, continues: boolean): StreamedTexts[] {
  const id = stringAt(value, "artifactId") ?? stringAt(value, "artifact_id") ?? "";
  return streamed(`artifact ${taskId} ${id}`, continues, value, at);
}

function statusUpdate(found: Found | undefined): StreamedTexts[] {
  if (found === undefined) return [];
  const said = pick(asObject(valueAt(found.value, "status")), `${found.at}/status`, "", "message", "update");
  return streamed(`status ${taskOf(found.value)}`, true, said?.value, said?.at ?? "");
}

function message(found: Found | undefined): StreamedTexts[] {
  return found === undefined ? [] : streamed(`message ${taskOf(found.value)}`, true, found.value, found.at);
}

function streamed(key: string, continues: boolean, value: JsonValue | undefined, at: string): StreamedTexts[] {
  const name = Array.isArray(valueAt(value, "parts")) ? "parts" : "content";
  const parts = valueAt(value, name);
  if (!Array.isArray(parts)) return [];
  const texts = parts.flatMap((part, index) => {
    const text = stringAt(part, "text");
    return text === undefined || text === "" ? [] : { at: `${at}/${name}/${index}/text`, text };
  });
  return texts.length === 0 ? [] : [{ key: key.slice(0, MAX_KEY), continues, texts }];
}

function taskOf(value: JsonValue): string {
  for (const name of ["taskId", "task_id", "contextId", "context_id"]) {
    const id = stringAt(value, name);
    if (id !== undefined && id !== "") return id;
  }
  return "";
}

function asObject(value: JsonValue | undefined): { [key: string]: JsonValue } {
  return isObject(value) ? value : {};
}
