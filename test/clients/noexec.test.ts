import { expect, it } from "vitest";
import { isNoexec } from "../../src/clients/noexec.ts";

const mounts = `/dev/sda1 / ext4 rw,relatime 0 0
/dev/sda2 /home ext4 rw,nosuid,nodev,noexec 0 0
/dev/sda3 /home/me/with\\040space ext4 rw 0 0
tmpfs /tmp tmpfs rw,noexec 0 0
tmpfs /tmp tmpfs rw 0 0
`;

it.each([
  ["/home/me/.mcpguard", true],
  ["/home", true],
  ["/homes/me", false],
  ["/home/me/with space/.mcpguard", false],
  ["/root/.mcpguard", false],
  ["/tmp/x", false],
])("%s: %s", (path, noexec) => {
  expect(isNoexec(mounts, path)).toBe(noexec);
});

it("without a list of mounts everything may run", () => {
  expect(isNoexec("", "/home/me")).toBe(false);
});
