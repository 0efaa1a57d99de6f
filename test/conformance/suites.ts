/** One run of the MCP conformance suite against a server: which release of it, its arguments, and the checks it has. */
export type Suite = {
  readonly name: string;
  readonly release: "0.1.16" | "0.2.0-alpha.12";
  readonly args: readonly string[];
  readonly checks: number;
};

export const suites: readonly [Suite, ...Suite[]] = [
  { name: "0.1.16", release: "0.1.16", args: ["--suite", "all"], checks: 44 },
  {
    name: "0.2.0-alpha.12, 2025-11-25",
    release: "0.2.0-alpha.12",
    args: ["--suite", "all", "--spec-version", "2025-11-25"],
    checks: 84,
  },
  {
    name: "0.2.0-alpha.12, 2026-07-28",
    release: "0.2.0-alpha.12",
    args: ["--suite", "all", "--spec-version", "2026-07-28"],
    checks: 152,
  },
];
