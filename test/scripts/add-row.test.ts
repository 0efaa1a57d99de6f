import { expect, it } from "vitest";
import { addRow } from "../../scripts/add-row.ts";

const index = `import type { Unit } from "../core/unit.ts";
import { b2 } from "./b-2.ts";
import { b } from "./b.ts";

/** Sorted. */
export const units: readonly Unit[] = [b, b2];
`;

it("adds the import and the row where they belong", () => {
  expect(addRow(index, { id: "b-1", name: "b1" })).toBe(`import type { Unit } from "../core/unit.ts";
import { b } from "./b.ts";
import { b1 } from "./b-1.ts";
import { b2 } from "./b-2.ts";

/** Sorted. */
export const units: readonly Unit[] = [
  b,
  b1,
  b2,
];
`);
});

it("adds the first one", () => {
  const empty = 'import type { Unit } from "../core/unit.ts";\nexport const units: readonly Unit[] = [];\n';
  expect(addRow(empty, { id: "a", name: "a" })).toContain(
    'import { a } from "./a.ts";\nexport const units: readonly Unit[] = [\n  a,\n];',
  );
});

it("refuses one that is there, and a text without a list", () => {
  expect(() => addRow(index, { id: "b", name: "b" })).toThrow("b is in the list");
  expect(() => addRow("export {};\n", { id: "b", name: "b" })).toThrow("there is no list");
});
