import { execFileSync } from "node:child_process";

/** End-to-end tests start the built shim; build it from the sources under test. */
export default function buildOnce(): void {
  if (process.env["MCPGUARD_SKIP_BUILD"] === "1") return;
  execFileSync(process.execPath, ["build.js"], { stdio: "inherit" });
}
