import { describe, expect, it } from "vitest";
import { clients } from "../../src/clients/index.ts";
import { installed, pastOf, textAfter, uninstalled } from "./in-memory.ts";

describe.each(clients.map((client) => [client.meta.id, client] as const))("%s", (_, client) => {
  it.each(client.examples.map((example) => [example.title, example] as const))("%s", (_title, { before, after }) => {
    const plan = installed(client, before);
    expect(textAfter(plan)).toBe(after);
    expect(installed(client, after).edit).toBeUndefined();
    expect(textAfter(uninstalled(client, after, pastOf(plan)))).toBe(before);
    expect(textAfter(uninstalled(client, after, pastOf(plan, true)))).toBe(before);
  });
});

it("the clients are sorted by id", () => {
  const ids = clients.map(({ meta }) => meta.id);
  expect(ids).toEqual(ids.toSorted());
});
