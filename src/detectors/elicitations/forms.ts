import { isObject, stringAt, valueAt, type JsonObject, type JsonValue } from "../../core/json.ts";
import type { Message } from "../../core/message.ts";

/** A form that a server wants the user to fill in. `at` is the pointer of its parameters. */
export type Form = { at: string; message: string; fields: Field[] };

/** A field into which the user can write freely: no choice and no yes or no. */
export type Field = { at: string; name: string; title: string; description: string; isNumber: boolean };

/** The forms in a message: a request of the server's, or requests that stand in a result or an error. */
export function formsIn({ kind, method, value }: Message): Form[] {
  if (kind !== "response") return method === "elicitation/create" ? form("/params", valueAt(value, "params")) : [];
  return [
    ...asked("/result/inputRequests", valueAt(value, "result", "inputRequests")),
    ...asked("/result/result/inputRequests", valueAt(value, "result", "result", "inputRequests")),
    ...members(valueAt(value, "error", "data", "elicitations")).flatMap(([index, each]) =>
      form(`/error/data/elicitations/${index}`, each),
    ),
  ];
}

/** Since 2026-07-28 a server's requests stand in its results, each under a name of its own. */
function asked(at: string, requests: JsonValue | undefined): Form[] {
  return members(requests).flatMap(([name, entry]) =>
    stringAt(entry, "method") === "elicitation/create"
      ? form(`${at}/${escaped(name)}/params`, valueAt(entry, "params"))
      : [],
  );
}

/** A client that does not know the URL mode shows the form even if there is a URL. */
function form(at: string, params: JsonValue | undefined): Form[] {
  const schema = valueAt(params, "requestedSchema");
  if (!isObject(params) || (params["mode"] === "url" && !isObject(schema))) return [];
  const fields = members(valueAt(schema, "properties")).flatMap(([name, property]) =>
    isObject(property) && isFree(property)
      ? [
          {
            at: `${at}/requestedSchema/properties/${escaped(name)}`,
            name,
            title: stringAt(property, "title") ?? "",
            description: stringAt(property, "description") ?? "",
            isNumber: property["type"] === "number" || property["type"] === "integer",
          },
        ]
      : [],
  );
  return [{ at, message: stringAt(params, "message") ?? "", fields }];
}

function isFree(property: JsonObject): boolean {
  const isChoice = ["enum", "oneOf", "anyOf", "const"].some((member) => member in property);
  return !isChoice && property["type"] !== "boolean" && property["type"] !== "array";
}

function members(value: JsonValue | undefined): [string, JsonValue][] {
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}

function escaped(step: string): string {
  return step.replaceAll("~", "~0").replaceAll("/", "~1");
}
