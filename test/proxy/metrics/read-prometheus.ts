export type Sample = { name: string; labels: Readonly<Record<string, string>>; value: number };
export type Family = { name: string; type: string; help: string; samples: Sample[] };

const name = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const sampleLine = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)$/;
const number = /^(NaN|[+-]?Inf|[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?)$/i;
const oneLabel = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\["\\n])*)"(,|$)/y;

/**
 * Reads the Prometheus text format and throws at everything that its specification forbids or that `promtool check
 * metrics` complains about. https://prometheus.io/docs/instrumenting/exposition_formats/
 */
export function readPrometheus(text: string): Map<string, Family> {
  if (!text.endsWith("\n")) throw new Error("the last line has no end");
  const families = new Map<string, Family>();
  let current: Family | undefined;
  for (const line of text.split("\n")) {
    if (line === "") continue;
    const [, keyword, about = "", rest = ""] = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line) ?? [];
    if (keyword === "HELP") current = begin(families, about, rest);
    else if (keyword === "TYPE") typed(current, about, rest);
    else add(current, line);
  }
  for (const family of families.values()) lint(family);
  return families;
}

function begin(families: Map<string, Family>, about: string, help: string): Family {
  if (families.has(about)) throw new Error(`${about} comes twice`);
  if (!name.test(about)) throw new Error(`${about} is no name`);
  const family = { name: about, type: "", help, samples: [] };
  families.set(about, family);
  return family;
}

function typed(family: Family | undefined, about: string, type: string): void {
  if (family?.name !== about || family.type !== "") throw new Error(`TYPE of ${about} is out of place`);
  if (!/^(counter|gauge|histogram)$/.test(type)) throw new Error(`${type} is no type`);
  family.type = type;
}

function add(family: Family | undefined, line: string): void {
  const [, sample = "", labels = "", value = ""] = sampleLine.exec(line) ?? [];
  if (family === undefined || family.type === "") throw new Error(`no HELP and TYPE before: ${line}`);
  const suffixes = family.type === "histogram" ? ["_bucket", "_sum", "_count"] : [""];
  if (!suffixes.some((suffix) => sample === family.name + suffix)) throw new Error(`not of ${family.name}: ${line}`);
  if (!number.test(value)) throw new Error(`no number: ${line}`);
  const read = { name: sample, labels: labelsOf(labels, line), value: Number(value.replace("Inf", "Infinity")) };
  const same = (other: Sample) => identity(other) === identity(read);
  if (family.samples.some(same)) throw new Error(`twice: ${line}`);
  family.samples.push(read);
}

function labelsOf(text: string, line: string): Record<string, string> {
  const labels: Record<string, string> = {};
  for (let at = 0; at < text.length; at = oneLabel.lastIndex) {
    oneLabel.lastIndex = at;
    const [, label, value] = oneLabel.exec(text) ?? [];
    if (label === undefined || value === undefined || label in labels) throw new Error(`bad labels: ${line}`);
    labels[label] = value.replace(/\\(["\\n])/g, (_, escaped: string) => (escaped === "n" ? "\n" : escaped));
  }
  return labels;
}

function identity({ name: sample, labels }: Sample): string {
  return sample + sorted(labels);
}

function sorted(labels: Sample["labels"]): string {
  const pairs = Object.entries(labels).map((pair) => JSON.stringify(pair));
  return pairs.sort((a, b) => (a < b ? -1 : 1)).join();
}

/** The complaints of promtool's linter. */
function lint(family: Family): void {
  const { name: about, type } = family;
  if (type === "") throw new Error(`${about} has no TYPE`);
  if (about.endsWith("_total") !== (type === "counter")) throw new Error(`${about} must not be a ${type}`);
  if (/_(count|sum|bucket|info_total)$/.test(about)) throw new Error(`${about} has a reserved ending`);
  if (/(^|_)(ms|us|ns|sec|min|mb|kb|milliseconds|megabytes)(_|$)/.test(about)) throw new Error(`${about}: odd unit`);
  if (/(counter|gauge|histogram|[a-z][A-Z])/.test(about)) throw new Error(`${about} is oddly named`);
  if (type === "histogram") checkHistogram(family);
}

function checkHistogram({ name: about, samples }: Family): void {
  const series = new Map<string, Sample[]>();
  for (const sample of samples) {
    const { le: _, ...others } = sample.labels;
    const key = sorted(others);
    series.set(key, [...(series.get(key) ?? []), sample]);
  }
  for (const each of series.values()) {
    const buckets = each.filter((sample) => sample.name.endsWith("_bucket"));
    const bounds = buckets.map(({ labels }) => Number(labels["le"]?.replace("+Inf", "Infinity")));
    const counts = buckets.map(({ value }) => value);
    const count = each.find((sample) => sample.name.endsWith("_count"))?.value;
    const rises = (list: number[]) => list.every((value, index) => value >= (list[index - 1] ?? -Infinity));
    if (!rises(bounds) || !rises(counts)) throw new Error(`${about}: buckets must rise`);
    if (bounds.at(-1) !== Infinity || counts.at(-1) !== count) throw new Error(`${about}: +Inf is not the count`);
    if (!each.some((sample) => sample.name.endsWith("_sum"))) throw new Error(`${about} has no sum`);
  }
}
