import { expect, test } from "vitest";
import { rolesIn } from "./read-all.ts";

// What travels in calls and their results, in prompts and resources.

test("tools/call: the tool's name, all strings and names of the arguments, the answers to input requests", () => {
  const params = {
    name: "n",
    arguments: { an: "av", deep: [{ dn: "dv" }] },
    inputResponses: { k: { content: { c: "cv" } } },
    requestState: "opaque",
  };
  const read = rolesIn("tools/call", "params", params, "to-server");
  expect(read).toMatchObject({
    n: "tool-name",
    av: "tool-argument",
    dv: "tool-argument",
    "an:": "tool-argument",
    "dn:": "tool-argument",
    cv: "tool-argument",
  });
  expect(read).not.toHaveProperty("opaque");
});

test.each(["tools/call", "tasks/result", "tasks/get"])(
  "%s: every kind of content, structured content with its names",
  (method) => {
    const content = [
      { type: "text", text: "x1", annotations: { audience: ["x2"] }, _meta: { m: "x3" } },
      { type: "resource", resource: { uri: "x4", text: "rt", mimeType: "text/plain" } },
      {
        type: "resource",
        resource: { uri: "x5", blob: Buffer.from("decoded").toString("base64"), mimeType: "text/html" },
      },
      { type: "resource_link", uri: "x6", name: "x7", title: "x8", description: "x9" },
      { type: "image", data: "aWdub3Jl", mimeType: "image/png" },
    ];
    const result = {
      content,
      structuredContent: { sn: ["sv"] },
      isError: true,
      _meta: { t: "mt", traceparent: "opaque" },
      requestState: "opaque",
    };
    const read = rolesIn(method, "result", result, "to-client");
    for (let index = 1; index <= 9; index++) expect(read[`x${index}`], `x${index}`).toBe("tool-result");
    expect(read).toMatchObject({
      rt: "resource-content",
      decoded: "resource-content",
      "sn:": "tool-result",
      sv: "tool-result",
      mt: "tool-result",
    });
    for (const text of ["opaque", "aWdub3Jl", "image/png"]) expect(read).not.toHaveProperty([text]);
  },
);

test("tasks/get (extension): the tool's result, its error and the status are read, the task's id is not", () => {
  const result = {
    taskId: "opaque",
    status: "working",
    statusMessage: "sm",
    result: { content: [{ type: "text", text: "rt" }] },
    error: { message: "em" },
  };
  const read = rolesIn("tasks/get", "result", result, "to-client");
  expect(read).toMatchObject({ sm: "tool-result", rt: "tool-result", em: "tool-result" });
  expect(read).not.toHaveProperty("opaque");
  const created = rolesIn("tools/call", "result", { task: { taskId: "opaque", statusMessage: "sm" } }, "to-client");
  expect(created).toEqual({ sm: "tool-result" });
  expect(rolesIn("tasks/list", "result", { tasks: [{ taskId: "opaque", statusMessage: "sm" }] }, "to-client")).toEqual({
    sm: "tool-result",
  });
  for (const method of ["tasks/get", "tasks/result", "tasks/cancel", "tasks/update"]) {
    expect(rolesIn(method, "params", { taskId: "opaque", inputResponses: { k: "v" } }, "to-server")).toMatchObject({
      v: "tool-argument",
    });
    expect(rolesIn(method, "params", { taskId: "opaque" }, "to-server")).toEqual({});
  }
});

test("errors: message and data, whatever was asked; of -32042 the elicitations", () => {
  const error = { code: -1, message: "m", data: { d: ["dd"], elicitations: [{ message: "em", url: "https://e" }] } };
  const read = rolesIn("tools/call", "error", error, "to-client");
  expect(read).toMatchObject({ m: "error-text", dd: "error-text", em: "elicitation", "https://e": "elicitation" });
  expect(rolesIn("tools/call", "error", { code: -1, message: "m", data: "text" }, "to-client")).toMatchObject({
    text: "error-text",
  });
  expect(rolesIn("tools/call", "error", "only text", "to-client")).toEqual({ "only text": "error-text" });
});

test("inputRequests: each request as if it came alone", () => {
  const inputRequests = {
    key: {
      method: "elicitation/create",
      params: { message: "e1", requestedSchema: { properties: { pn: { title: "e2" } } } },
    },
    other: {
      method: "sampling/createMessage",
      params: { systemPrompt: "s1", messages: [{ role: "user", content: { type: "text", text: "s2" } }] },
    },
    odd: "e3",
  };
  for (const method of ["tools/call", "prompts/get", "resources/read"]) {
    const read = rolesIn(
      method,
      "result",
      { resultType: "input_required", inputRequests, requestState: "opaque" },
      "to-client",
    );
    expect(read).toMatchObject({
      e1: "elicitation",
      e2: "elicitation",
      "pn:": "elicitation",
      s1: "sampling",
      s2: "sampling",
      e3: "elicitation",
    });
    expect(read).not.toHaveProperty("opaque");
  }
});

test("prompts/get and resources/read, both ways", () => {
  const messages = [
    { role: "assistant", content: { type: "text", text: "p1" } },
    { role: "user", content: [{ type: "text", text: "p2" }] },
    "p3",
  ];
  expect(rolesIn("prompts/get", "result", { description: "p0", messages }, "to-client")).toEqual({
    p0: "prompt",
    p1: "prompt",
    p2: "prompt",
    p3: "prompt",
  });
  expect(rolesIn("prompts/get", "params", { name: "n", arguments: { a: "v" } }, "to-server")).toMatchObject({
    n: "prompt",
    v: "tool-argument",
  });
  const contents = [
    { uri: "ui://x", mimeType: "text/html", text: "html" },
    { uri: "u", blob: "aGVsbG8=" },
    { blob: "aGVsbG8=", mimeType: "image/png" },
  ];
  expect(rolesIn("resources/read", "result", { contents }, "to-client")).toEqual({
    "ui://x": "resource-content",
    html: "resource-content",
    u: "resource-content",
    hello: "resource-content",
  });
  for (const method of ["resources/read", "resources/subscribe", "resources/unsubscribe"]) {
    expect(rolesIn(method, "params", { uri: "file:///x" }, "to-server")).toEqual({ "file:///x": "resource-uri" });
  }
});
