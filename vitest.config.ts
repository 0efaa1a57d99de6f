import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.{ts,tsx}"],
    globalSetup: ["test/build-once.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // .ci/run takes the counts and the names of skipped tests from the file.
    reporters: process.env["CI"] ? ["default", ["json", { outputFile: "coverage/results.json" }]] : ["default"],
  },
});
