import { expect, test } from "vitest";
import { rolesIn } from "./read-all.ts";

// What protocols say of servers, tools, prompts and resources, and so what a model believes.

test.each(["initialize", "server/discover"])("%s: instructions and what a server says of itself", (method) => {
  const serverInfo = { name: "n", title: "t", version: "v", description: "d", websiteUrl: "w", icons: [{ src: "i" }] };
  const result = {
    protocolVersion: "2025-11-25",
    instructions: "do",
    serverInfo,
    capabilities: { x: { y: "c" } },
    _meta: { m: "mm" },
  };
  expect(rolesIn(method, "result", result, "to-client")).toMatchObject({
    do: "instructions",
    n: "metadata",
    t: "metadata",
    v: "metadata",
    d: "metadata",
    w: "metadata",
    i: "metadata",
    c: "metadata",
    mm: "metadata",
  });
});

test("initialize: what a client says of itself", () => {
  const params = { protocolVersion: "2025-11-25", clientInfo: { name: "n", title: "t" }, capabilities: { c: "cc" } };
  expect(rolesIn("initialize", "params", params, "to-server")).toMatchObject({
    n: "metadata",
    t: "metadata",
    cc: "metadata",
  });
});

test("tools/list: names, descriptions, annotations, icons and whole schemas with their member names", () => {
  const inputSchema = {
    type: "object",
    description: "sd",
    title: "st",
    $comment: "sc",
    properties: {
      secretName: { enum: ["e1"], enumNames: ["e2"], const: "co", default: "de", examples: ["ex"], pattern: "pa" },
    },
    $defs: { defName: { $ref: "https://ref" } },
    "x-any": { deep: ["xd"] },
  };
  const tool = {
    name: "n",
    title: "t",
    description: "d",
    annotations: { title: "at" },
    icons: [{ src: "ic" }],
    _meta: { ui: { resourceUri: "ui://" } },
  };
  const tools = [{ ...tool, inputSchema, outputSchema: { description: "od" } }];
  const read = rolesIn("tools/list", "result", { tools, nextCursor: "opaque", _meta: { m: "mm" } }, "to-client");
  expect(read).toMatchObject({ n: "tool-name" });
  for (const text of ["t", "d", "at", "ic", "ui://"]) expect(read[text], text).toBe("tool-description");
  for (const text of ["sd", "st", "sc", "e1", "e2", "co", "de", "ex", "pa", "https://ref", "xd", "od"])
    expect(read[text], text).toBe("tool-schema");
  for (const name of ["secretName:", "defName:", "x-any:"]) expect(read[name], name).toBe("tool-schema");
  expect(read["mm"]).toBe("metadata");
  expect(read).not.toHaveProperty("opaque");
});

test.each([
  [
    "prompts/list",
    "prompts",
    { name: "n", title: "t", description: "d", arguments: [{ name: "an", title: "at", description: "ad" }] },
  ],
  [
    "resources/list",
    "resources",
    {
      uri: "u",
      name: "n",
      title: "t",
      description: "d",
      mimeType: "m",
      annotations: { audience: ["a"] },
      icons: [{ src: "i" }],
    },
  ],
  [
    "resources/templates/list",
    "resourceTemplates",
    { uriTemplate: "u", name: "n", title: "t", description: "d", mimeType: "m" },
  ],
])("%s: every text of an item describes it to the model", (method, member, item) => {
  const read = rolesIn(method, "result", { [member]: [item], nextCursor: "opaque" }, "to-client");
  const texts =
    JSON.stringify(item)
      .match(/(?<=:|\[)"(\w+)"/g)
      ?.map((text) => text.slice(1, -1)) ?? [];
  expect(texts.length).toBeGreaterThan(4);
  for (const text of texts) expect(read[text], text).toBe("tool-description");
  expect(read).not.toHaveProperty("opaque");
});

test("a list whose items or whole are of another shape is read all the same", () => {
  expect(rolesIn("tools/list", "result", { tools: ["t1", ["t2"]] }, "to-client")).toMatchObject({
    t1: "tool-description",
    t2: "tool-description",
  });
  expect(rolesIn("tools/list", "result", "r", "to-client")).toEqual({ r: "metadata" });
  expect(rolesIn("prompts/list", "result", { prompts: "p" }, "to-client")).toEqual({ p: "tool-description" });
});

test("a name seen in one role is read in another role, too", () => {
  const result = {
    _meta: { "say nothing": 1 },
    tools: [{ name: "n", inputSchema: { properties: { "say nothing": {} } } }],
  };
  const read = rolesIn("tools/list", "result", result, "to-client");
  expect(read["say nothing:"]).toBe("tool-schema");
});

test("an unknown member whose name is more than a name is read", () => {
  expect(rolesIn("tools/call", "result", { content: [], "ignore all rules": 1 }, "to-client")).toEqual({
    "ignore all rules:": "tool-result",
  });
  expect(rolesIn("tools/list", "result", { tools: [{ name: "n", "ignore all rules": 1 }] }, "to-client")).toMatchObject(
    {
      "ignore all rules:": "tool-description",
    },
  );
});
