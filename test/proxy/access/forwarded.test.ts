import { describe, expect, it } from "vitest";
import { GuardError } from "../../../src/core/errors.ts";
import { createForwarded } from "../../../src/proxy/access/forwarded.ts";

const headers = {
  "x-forwarded-for": "203.0.113.9, 10.1.2.3",
  "x-forwarded-proto": "https",
  "x-forwarded-host": "guard.example",
};

it("believes nobody who is not trusted", () => {
  expect(createForwarded([])("127.0.0.1", headers)).toEqual({
    address: "127.0.0.1",
    proto: undefined,
    host: undefined,
  });
  expect(createForwarded(["10.0.0.0/8"])("203.0.113.5", headers)).toEqual({
    address: "203.0.113.5",
    proto: undefined,
    host: undefined,
  });
});

it.each([
  ["an address", ["10.9.9.9"], "10.9.9.9"],
  ["a range", ["10.0.0.0/8"], "10.9.9.9"],
  ["an IPv6 address", ["fd00::7"], "fd00:0:0::7"],
  ["an IPv6 range", ["fd00::/8"], "fd12::7"],
  ["IPv4 as a socket for both gives it", ["10.0.0.0/8"], "::ffff:10.9.9.9"],
])("believes %s that is trusted", (_, trusted, remote) => {
  expect(createForwarded(trusted)(remote, headers)).toMatchObject({ proto: "https", host: "guard.example" });
});

describe("the caller's address", () => {
  const caller = createForwarded(["10.0.0.0/8", "::1"]);

  it.each([
    ["203.0.113.9", "203.0.113.9"],
    ["203.0.113.9, 10.1.2.3", "203.0.113.9"],
    ["1.1.1.1, 203.0.113.9, 10.1.2.3", "203.0.113.9"],
    ["10.5.5.5, 10.1.2.3", "10.5.5.5"],
    ["made-up, 203.0.113.9", "203.0.113.9"],
    ["made-up", "10.0.0.1"],
    ["", "10.0.0.1"],
    ["203.0.113.9:4711", "203.0.113.9"],
    ["[2001:db8::1]:4711", "2001:db8::1"],
    ["::ffff:203.0.113.9", "203.0.113.9"],
  ])("of %j is %s", (forwardedFor, address) => {
    expect(caller("10.0.0.1", { "x-forwarded-for": forwardedFor }).address).toBe(address);
  });

  it("is empty where the socket is gone", () => {
    expect(caller(undefined, headers)).toEqual({ address: "", proto: undefined, host: undefined });
  });
});

it("takes of several words the nearest proxy's, since the others may be the caller's own", () => {
  const caller = createForwarded(["::1"])("::1", {
    "x-forwarded-proto": "https, http",
    "x-forwarded-host": "evil.example, guard.example",
  });
  expect(caller).toMatchObject({ proto: "http", host: "guard.example" });
  expect(createForwarded(["::1"])("::1", { "x-forwarded-proto": "gopher" }).proto).toBeUndefined();
});

it.each(["", "localhost", "10.0.0.0/33", "fd00::/129", "10.0.0.0/8/8", "10.0.0.0/x", "10.0.0/8"])(
  "refuses %j as a trusted proxy",
  (entry) => {
    expect(() => createForwarded([entry])).toThrow(GuardError);
  },
);
