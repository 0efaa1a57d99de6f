import { decide } from "../../src/state/decisions.ts";

// decide.ts HOME ID approve|deny: what `mcpguard approve` and `deny` do to the state.
const [home = "", id = "", verdict] = process.argv.slice(2);
decide(home, id, verdict === "approve" ? "approve" : "deny", Date.now());
