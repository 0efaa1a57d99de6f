import { existsSync, readFileSync } from "node:fs";

const [file, status] = process.argv.slice(2);
const { testResults } = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : { testResults: [] };

const tests = testResults.flatMap((suite) => suite.assertionResults);
const passed = tests.filter((test) => test.status === "passed");
const failed = tests.filter((test) => test.status === "failed");
const skipped = tests.filter((test) => test.status !== "passed" && test.status !== "failed");

// A file that does not even load fails as one; so does a check before the tests, or an error outside of them.
const broken = testResults.filter(
  (suite) => suite.status === "failed" && !suite.assertionResults.some((test) => test.status === "failed"),
);
let failures = failed.length + broken.length;
if (failures === 0 && status !== "0") failures = 1;

for (const test of failed) console.log(`failed: ${test.fullName}`);
for (const suite of broken) console.log(`failed: ${suite.name}`);
for (const test of skipped) console.log(`skipped: ${test.fullName}`);
console.log(`${passed.length} passed, ${failures} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ""}`);
process.exitCode = failures === 0 ? 0 : 1;
