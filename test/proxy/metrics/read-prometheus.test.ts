import { expect, it } from "vitest";
import { readPrometheus } from "./read-prometheus.ts";

const gauge = (samples: string) => `# HELP a About a.\n# TYPE a gauge\n${samples}\n`;

it("reads what is well formed", () => {
  const families = readPrometheus(gauge('a{x="1",y="q\\"\\\\\\n"} 1.5e3\na NaN'));
  expect(families.get("a")?.samples).toEqual([
    { name: "a", labels: { x: "1", y: 'q"\\\n' }, value: 1500 },
    { name: "a", labels: {}, value: NaN },
  ]);
});

it.each([
  ["a sample before its type", "a 1\n"],
  ["a missing end", gauge("a 1").trimEnd()],
  ["a sample of another name", gauge("b 1")],
  ["a sample twice", gauge('a{x="1",y="2"} 1\na{y="2",x="1"} 2')],
  ["an open label", gauge('a{x="1} 1')],
  ["a raw quote in a label", gauge('a{x="1"2"} 1')],
  ["a label twice", gauge('a{x="1",x="2"} 1')],
  ["no number", gauge("a one")],
  ["a family twice", `${gauge("a 1")}${gauge("a 2")}`],
  ["a counter without _total", "# HELP a About.\n# TYPE a counter\na 1\n"],
  ["a gauge with _total", "# HELP a_total About.\n# TYPE a_total gauge\na_total 1\n"],
  ["a help without words", "# HELP a\n# TYPE a gauge\na 1\n"],
  ["milliseconds", "# HELP a_ms About.\n# TYPE a_ms gauge\na_ms 1\n"],
  [
    "buckets that do not add up",
    '# HELP h A.\n# TYPE h histogram\nh_bucket{le="1"} 1\nh_bucket{le="+Inf"} 1\nh_sum 1\nh_count 2\n',
  ],
  [
    "buckets that fall",
    '# HELP h A.\n# TYPE h histogram\nh_bucket{le="1"} 3\nh_bucket{le="+Inf"} 2\nh_sum 1\nh_count 2\n',
  ],
])("throws at %s", (_, text) => {
  expect(() => readPrometheus(text)).toThrow(Error);
});
