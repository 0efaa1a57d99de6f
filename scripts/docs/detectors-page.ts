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
  // Of a detector that reads no text, one message shows nothing: what counts came before it.
  const shown = meta.roles.length === 0 ? [] : [...exampleOf(bad, "is found"), ...exampleOf(good, "is not")];
  return [
    `## ${meta.id}`,
    `**${meta.title}.** ${meta.why}`,
    ...(meta.roles.length > 0 ? [`Reads: ${meta.roles.join(", ")}.`] : []),
    `Found in: ${titlesOf(examples.bad)}.`,
    `Not found in: ${titlesOf(examples.good)}.`,
    ...shown,
    ...(meta.references.length > 0 ? [`More: ${meta.references.map((url) => `<${url}>`).join(", ")}`] : []),
  ].join("\n\n");
}

function exampleOf({ title, message }: Example, outcome: string): string[] {
  return [`This ${outcome} (${title}):`, block("json", visibleJson(message))];
}

function titlesOf(examples: readonly Example[]): string {
  return examples.map(({ title }) => title).join("; ");
}
