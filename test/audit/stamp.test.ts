import { expect, test } from "vitest";
import { newEventId, stampEvent } from "../../src/audit/stamp.ts";
import { draft, noon, session } from "./sample.ts";

test("a stamped event has the members of the contract, in its order, and the session's facts", () => {
  const stamped = stampEvent(draft, session, noon + 7, "abc");
  expect(Object.keys(stamped).join(" ")).toBe(
    "v timestamp event_type severity message blocked details session client server transport protocol direction method tool detector rule action id",
  );
  expect(stamped).toMatchObject({
    v: 1,
    timestamp: "2026-11-22T12:00:00.007Z",
    session: "s1",
    client: "cursor",
    server: "files",
    transport: "stdio",
    protocol: "mcp",
    id: "abc",
  });
});

test("ids are short, easy to type and do not repeat", () => {
  const ids = new Set(Array.from({ length: 20_000 }, newEventId));
  expect(ids.size).toBe(20_000);
  for (const id of ids) expect(id).toMatch(/^[0-9abcdefghjkmnpqrstvwxyz]{10}$/);
});
