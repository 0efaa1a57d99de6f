import { toJSONSchema } from "zod";
import { isObject, type JsonObject, type JsonValue } from "../../src/core/json.ts";
import { configSchema } from "../../src/policy/schema.ts";
import { otherNames } from "../../src/policy/spelling.ts";

/** The JSON schema of the configuration file, for editors; other names of keys stand beside the canonical ones. */
export function configJsonSchema(): JsonObject {
  const schema = plainSchema();
  const keys = membersOf(schema["properties"]);
  const servers = membersOf(keys["servers"]);
  const properties = {
    ...keys,
    servers: { ...servers, additionalProperties: withNamesIn(servers["additionalProperties"]) },
  };
  return { ...schema, title: "mcpguard configuration", properties: withOtherNames(properties) };
}

/** The keys of the file in the schema's order, without other names. */
export function configKeys(): Readonly<Record<string, JsonObject>> {
  const keys = Object.entries(membersOf(plainSchema()["properties"]));
  return Object.fromEntries(keys.map(([key, value]) => [key, membersOf(value)]));
}

function plainSchema(): JsonObject {
  const text = JSON.stringify(toJSONSchema(configSchema, { io: "input" }));
  const schema: JsonValue = JSON.parse(text);
  return membersOf(schema);
}

function withNamesIn(overlay: JsonValue | undefined): JsonObject {
  const members = membersOf(overlay);
  return { ...members, properties: withOtherNames(membersOf(members["properties"])) };
}

function withOtherNames(properties: JsonObject): JsonObject {
  const others: JsonObject = {};
  for (const [name, key] of Object.entries(otherNames)) {
    const meant = properties[key];
    if (isObject(meant)) others[name] = { ...meant, description: `The same as \`${key}\`.` };
  }
  return { ...properties, ...others };
}

function membersOf(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? value : {};
}
