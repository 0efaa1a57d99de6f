import { execa } from "execa";
import { root } from "../root.ts";
import { readScenario } from "./scenario.ts";
import { startInFront, variants } from "./start-in-front.ts";

/** `proxied.ts VARIANT CLIENT URL`: starts the proxy in front of the URL, and the client against the proxy. */
const [word, client = "", address = ""] = process.argv.slice(2);
const variant = variants.find((each) => each === word);
if (variant === undefined) throw new Error(`no variant: ${word}`);

const { origin, pathname, search } = new URL(address);
const proxy = await startInFront(origin, variant, readScenario(process.env));
try {
  const url = `${proxy.origin}${pathname === "/" ? "" : pathname}${search}`;
  const { exitCode } = await execa(process.execPath, [...process.execArgv, client, url], {
    cwd: root,
    stdio: "inherit",
    reject: false,
  });
  process.exitCode = exitCode ?? 1;
} finally {
  await proxy.stop();
}
