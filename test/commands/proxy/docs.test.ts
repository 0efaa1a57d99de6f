import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { flags } from "../../../src/commands/proxy/flags.ts";
import { envLayer } from "../../../src/commands/proxy/layers.ts";
import { loadPolicy } from "../../../src/policy/load.ts";
import { createMetrics } from "../../../src/proxy/metrics/metrics.ts";
import { readPrometheus } from "../../proxy/metrics/read-prometheus.ts";
import { cli } from "../run-cli.ts";

const page = readFileSync("docs/proxy.md", "utf8");
const [upstreams = "", compose = ""] = [...page.matchAll(/```yaml\n([^]*?)```/g)].map(([, text = ""]) => text);

describe("docs/proxy.md", () => {
  it.each(Object.entries(flags))("shows --%s with its default", (name, { alias, default: value, describe: words }) => {
    const short = alias === undefined ? "" : `, \`-${alias}\``;
    expect(page).toContain(`| \`--${name}\`${short} | ${value} | ${words} |`);
  });

  it("shows no option there is not", () => {
    const named = [...page.matchAll(/`--([a-z-]+[a-z])/g)].map(([, name = ""]) => name);
    expect(named.filter((name) => !(name in flags) && !["json", "no"].includes(name))).toEqual([]);
  });

  it("shows every metric, and none there is not", async () => {
    const names = [...readPrometheus((await createMetrics("1").render()).body).keys()];
    const shown = [...page.matchAll(/`((?:mcpguard|process|nodejs)_[a-z_]+)`/g)].map(([, name]) => name);
    expect(new Set(shown)).toEqual(new Set(names));
  });

  it("shows a configuration that loads without a warning", () => {
    const { proxy, warnings } = loadPolicy("c.yaml", upstreams);
    expect(warnings).toEqual([]);
    expect(Object.keys(proxy.upstreams ?? {})).toEqual(["files", "search"]);
  });

  it("shows a compose file whose settings are some of the proxy's", () => {
    const { services } = parse(compose) as { services: { guard: { environment: Record<string, string> } } };
    expect(envLayer(services.guard.environment)).toEqual({
      target: "http://server:8000",
      api_key_file: "/run/secrets/guard_key",
      allowed_hosts: ["localhost", "guard.example.com"],
    });
  });

  it("links only to what exists", () => {
    const links = [...page.matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, target = ""]) => target);
    expect(links.filter((target) => !existsSync(join(dirname("docs/proxy.md"), target)))).toEqual([]);
  });
});

it("mcpguard proxy --help shows every option with its default", async () => {
  const { stdout } = await execa("node", ["--import", "tsx", cli, "proxy", "--help"]);
  const help = stdout.replace(/\s+/g, " ");
  for (const [name, { alias, default: value, describe: words }] of Object.entries(flags)) {
    expect(help).toContain(`${alias === undefined ? "" : `-${alias}, `}--${name} ${words}`);
    expect(help).toContain(`[default: ${value}]`);
  }
});
