import { readFileSync, writeFileSync } from "node:fs";
import { withLock } from "../../../src/state/lock.ts";

const [folder = "", times = "0"] = process.argv.slice(2);
for (let i = 0; i < Number(times); i++) {
  withLock(
    `${folder}/lock`,
    () => writeFileSync(`${folder}/count`, String(Number(readFileSync(`${folder}/count`, "utf8")) + 1)),
    15_000,
  );
}
