import type { Count, Outcome } from "./run-suite.ts";
import type { Suite } from "./suites.ts";

export type Measured = { readonly suite: Suite; readonly direct: Outcome; readonly proxied: Outcome | undefined };

/** `passed/failed`. */
export function show({ passed, failed }: Count): string {
  return `${passed}/${failed}`;
}

/** Whether the fixture passes the whole suite, and the proxy takes nothing away. */
export function isFine({ suite, direct, proxied = direct }: Measured): boolean {
  return direct.passed === suite.checks && direct.failed === 0 && !isWorse(proxied, direct);
}

function isWorse(one: Count, other: Count): boolean {
  return one.passed < other.passed || one.failed > other.failed;
}

/** The scenarios that count differently through the proxy, a line each. */
export function differences({ direct, proxied = direct }: Measured): string[] {
  const names = new Set([...direct.scenarios.keys(), ...proxied.scenarios.keys()]);
  const none = { passed: 0, failed: 0 };
  return [...names].flatMap((name) => {
    const [before, after] = [direct, proxied].map(({ scenarios }) => show(scenarios.get(name) ?? none));
    return before === after ? [] : [`${name}: direct ${before}, proxied ${after}`];
  });
}
