import type { Detector, Example } from "../../src/core/detector.ts";
import { detectors } from "../../src/detectors/index.ts";
import { block, code, page, table, visibleJson } from "./markdown.ts";

/** docs/detectors.md: what each detector finds, with its own examples. */
export function detectorsPage(): string {
  const rows = detectors.map(({ meta }) => [
    `[${code(meta.id)}](#${meta.id})`,
    meta.title,
    meta.severity,
    meta.directions.join(", "),
  ]);
  return page(
    "# Detectors",
    "What each does now, with your configuration: `mcpguard rules`. To change it: [config.md](config.md).",
    table(["id", "finds", "severity up to", "direction"], rows),
    ...detectors.map(section),
  );
}

function section({ meta, examples }: Detector): string {
  const [bad] = examples.bad;
  const [good] = examples.good;
  return [
    `## ${meta.id}`,
    `**${meta.title}.** ${meta.why}`,
    ...(meta.roles.length > 0 ? [`Reads: ${meta.roles.join(", ")}.`] : []),
    `Found in: ${titlesOf(examples.bad)}.`,
    `Not found in: ${titlesOf(examples.good)}.`,
    `For example this is found (${bad.title}):`,
    block("json", visibleJson(bad.message)),
    `and this is not (${good.title}):`,
    block("json", visibleJson(good.message)),
    ...(meta.references.length > 0 ? [`More: ${meta.references.map((url) => `<${url}>`).join(", ")}`] : []),
  ].join("\n\n");
}

function titlesOf(examples: readonly Example[]): string {
  return examples.map(({ title }) => title).join("; ");
}
