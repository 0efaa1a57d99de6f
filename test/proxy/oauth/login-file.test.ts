import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { LoginFile } from "../../../src/proxy/oauth/client/login-file.ts";
import type { LoginRecord } from "../../../src/proxy/oauth/client/login-record.ts";

const upstream = "https://mcp.example/mcp";
const login: LoginRecord = { upstream, issuer: "https://a.example", endpoint: upstream, tokens: { access: "t1" } };
let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "mcpguard-login-"));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

it("is one for each route and upstream", () => {
  const file = new LoginFile(home, "a", upstream);
  expect(file.read()).toBeUndefined();
  file.settle(login);
  expect(new LoginFile(home, "a", upstream).read()).toEqual(login);
  expect(new LoginFile(home, "b", upstream).read()).toBeUndefined();
  expect(new LoginFile(home, "a", `${upstream}2`).read()).toBeUndefined();
});

it("lets one renew at a time, and the others take what it brought", () => {
  const [one, two] = [new LoginFile(home, "a", upstream), new LoginFile(home, "a", upstream)];
  one.settle(login);
  expect([one.claim("t1", 0), two.claim("t1", 1), one.claim("t1", 2)]).toEqual(["mine", "theirs", "mine"]);
  one.settle({ ...login, tokens: { access: "t2" } });
  expect(two.claim("t1", 3)).toBe("changed");
  expect(two.claim("t2", 4)).toBe("mine");
});

it("does not wait for ever for one that died, nor for one that failed", () => {
  const [one, two] = [new LoginFile(home, "a", upstream), new LoginFile(home, "a", upstream)];
  one.settle(login);
  one.claim("t1", 0);
  expect([two.claim("t1", 44_999), two.claim("t1", 45_001)]).toEqual(["theirs", "mine"]);
  two.settle(undefined);
  expect([one.claim("t1", 45_002), one.read()?.tokens?.access]).toEqual(["mine", "t1"]);
});

it.each(["", "no json", "[]", '{"login":{"tokens":{}}}', '{"login":7}', '{"renewal":{}}'])(
  "counts as none where it is damaged: %j",
  (text) => {
    const file = new LoginFile(home, "a", upstream);
    file.settle(login);
    const folder = join(home, "state/oauth");
    const [name = ""] = readdirSync(folder).filter((each) => each.endsWith(".json"));
    writeFileSync(join(folder, name), text);
    expect(file.read()).toBeUndefined();
    file.settle(login);
    expect(file.read()).toEqual(login);
  },
);

it("gives nothing to another upstream that got hold of it", () => {
  const file = new LoginFile(home, "a", upstream);
  file.settle({ ...login, upstream: "https://other.example/" });
  expect(file.read()).toBeUndefined();
});
