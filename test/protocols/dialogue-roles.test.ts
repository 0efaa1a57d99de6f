import { expect, test } from "vitest";
import { rolesIn } from "./read-all.ts";

// What travels in completion, sampling, elicitation, notifications and the unknown.

test("completion/complete: what was typed, what is proposed", () => {
  const params = {
    ref: { type: "ref/prompt", name: "n" },
    argument: { name: "an", value: "av" },
    context: { arguments: { c: "cv" } },
  };
  expect(rolesIn("completion/complete", "params", params, "to-server")).toMatchObject({
    n: "metadata",
    av: "tool-argument",
    cv: "tool-argument",
  });
  expect(rolesIn("completion/complete", "result", { completion: { values: ["v1"] } }, "to-client")).toMatchObject({
    v1: "tool-result",
  });
});

test("sampling: prompt, messages, tools and hints; and the model's answer", () => {
  const content = [
    { type: "tool_use", name: "tu", input: { i: "iv" } },
    { type: "tool_result", content: [{ type: "text", text: "tr" }] },
  ];
  const params = {
    systemPrompt: "sp",
    messages: [{ role: "user", content }],
    tools: [{ name: "tn", description: "td", inputSchema: { description: "ts" } }],
    stopSequences: ["ss"],
    modelPreferences: { hints: [{ name: "hn" }] },
    metadata: { m: "mv" },
  };
  const read = rolesIn("sampling/createMessage", "params", params, "to-client");
  for (const text of ["sp", "tu", "iv", "tr", "ss", "hn", "mv"]) expect(read[text], text).toBe("sampling");
  expect(read).toMatchObject({ tn: "tool-name", td: "tool-description", ts: "tool-schema" });
  const answer = { role: "assistant", content: { type: "text", text: "at" }, model: "mo", stopReason: "sr" };
  expect(rolesIn("sampling/createMessage", "result", answer, "to-server")).toMatchObject({
    at: "sampling",
    mo: "sampling",
    sr: "sampling",
  });
});

test("elicitation: question, form and address; and what the user filled in", () => {
  const requestedSchema = {
    properties: {
      pn: {
        title: "t",
        description: "d",
        enum: ["e"],
        enumNames: ["en"],
        oneOf: [{ const: "c", title: "ot" }],
        default: "df",
      },
    },
  };
  const read = rolesIn(
    "elicitation/create",
    "params",
    { mode: "url", message: "m", url: "https://u", requestedSchema },
    "to-client",
  );
  for (const text of ["m", "https://u", "pn:", "t", "d", "e", "en", "c", "ot", "df"])
    expect(read[text], text).toBe("elicitation");
  expect(rolesIn("elicitation/create", "result", { action: "accept", content: { f: "v" } }, "to-server")).toMatchObject(
    { v: "tool-argument" },
  );
});

test("roots, notifications and unknown methods", () => {
  expect(rolesIn("roots/list", "result", { roots: [{ uri: "file:///r", name: "rn" }] }, "to-server")).toMatchObject({
    "file:///r": "metadata",
    rn: "metadata",
  });
  expect(rolesIn("notifications/progress", "params", { progressToken: "opaque", message: "m" }, "to-client")).toEqual({
    m: "tool-result",
  });
  expect(
    rolesIn("notifications/message", "params", { level: "info", logger: "l", data: { k: "v" } }, "to-client"),
  ).toMatchObject({ l: "tool-result", v: "tool-result" });
  expect(rolesIn("notifications/cancelled", "params", { requestId: 1, reason: "r" }, "to-client")).toEqual({
    r: "tool-result",
  });
  expect(
    rolesIn("notifications/tasks/status", "params", { taskId: "opaque", statusMessage: "s" }, "to-client"),
  ).toEqual({ s: "tool-result" });
  expect(rolesIn("notifications/resources/updated", "params", { uri: "u" }, "to-client")).toEqual({ u: "tool-result" });
  expect(rolesIn("any/thing", "params", { deep: [{ k: "v" }] }, "to-server")).toMatchObject({
    "k:": "tool-argument",
    v: "tool-argument",
  });
  expect(rolesIn("any/thing", "result", ["a", { k: "v" }], "to-client")).toMatchObject({
    a: "tool-result",
    v: "tool-result",
  });
  expect(rolesIn("tools/call", "params", ["positional"], "to-server")).toEqual({ positional: "metadata" });
});
