import { withLock } from "../../../src/state/lock.ts";

withLock(process.argv[2] ?? "", () => {
  process.stdout.write("held\n");
  process.kill(process.pid, "SIGKILL");
});
