import { GuardError } from "../../../src/core/errors.ts";
import { decide } from "../../../src/state/decisions.ts";

const [home = "", id = "", verdict, startAt = "0"] = process.argv.slice(2);
while (Date.now() < Number(startAt));
try {
  decide(home, id, verdict === "approve" ? "approve" : "deny", Date.now());
  process.stdout.write("won");
} catch (error) {
  process.stdout.write(error instanceof GuardError ? error.code : String(error));
}
