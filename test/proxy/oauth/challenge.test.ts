import { describe, expect, it } from "vitest";
import { challengeOf, withMetadataUrl } from "../../../src/proxy/oauth/challenge.ts";

function read(status: number, header: string | string[] | undefined) {
  const headers = header === undefined ? {} : { "www-authenticate": header as string };
  return challengeOf({ status, headers });
}

describe("a challenge", () => {
  it("is any 401, and a 403 that wants more rights", () => {
    expect(read(401, undefined)).toEqual({ status: 401, error: undefined, scope: undefined, metadataUrl: undefined });
    expect(read(403, 'Bearer error="insufficient_scope", scope="a b"')).toMatchObject({ scope: "a b" });
    expect(read(403, 'Bearer error="invalid_token"')).toBeUndefined();
    expect(read(403, undefined)).toBeUndefined();
    expect(read(200, 'Bearer error="insufficient_scope"')).toBeUndefined();
  });

  it.each<[string | string[]]>([
    ['Bearer scope="a b", resource_metadata="https://x.example/prm", error="invalid_token"'],
    ['bearer Scope="a b",resource_metadata = https://x.example/prm , error=invalid_token'],
    [
      'Basic realm="Bearer scope=no, error=no", Bearer scope="a b", resource_metadata="https://x.example/prm", error=invalid_token',
    ],
    [
      [
        "Negotiate",
        'Bearer realm="\\"scope=x\\"", scope="a b", resource_metadata="https://x.example/prm", error="invalid_token"',
      ],
    ],
  ])("is read whatever stands beside it: %j", (header) => {
    expect(read(401, header)).toEqual({
      status: 401,
      error: "invalid_token",
      scope: "a b",
      metadataUrl: "https://x.example/prm",
    });
  });

  it("names no description where it is no URL, or another scheme's", () => {
    expect(read(401, 'Bearer resource_metadata="/relative"')?.metadataUrl).toBeUndefined();
    expect(read(401, 'Custom resource_metadata="https://x.example/"')?.metadataUrl).toBeUndefined();
  });

  it("is read in time that grows with its length only", () => {
    const started = performance.now();
    for (const header of [`Bearer ${'a="'.repeat(50_000)}`, "=".repeat(100_000), `Bearer ${"a=\\".repeat(50_000)}`]) {
      read(401, header);
      withMetadataUrl(header, "x");
    }
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
