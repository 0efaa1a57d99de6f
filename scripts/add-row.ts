/** The unit as it stands in a list: `{ id: "my-unit", name: "myUnit" }`. */
export type Row = { id: string; name: string };

const importLine = /^import \{ (\w+) \} from "\.\/([\w/-]+)\.ts";$/;

/**
 * The text of an `index.ts` with one more unit: its import and its row, both sorted by id.
 * Throws where the text has no list, or the unit is in it.
 */
export function addRow(index: string, row: Row): string {
  const lines = index.split("\n");
  const rows = lines.flatMap((line) => {
    const [, name = "", id = ""] = importLine.exec(line) ?? [];
    return name === "" ? [] : [{ id, name }];
  });
  if (rows.some(({ id }) => id === row.id)) throw new Error(`${row.id} is in the list`);
  const sorted = [...rows, row].toSorted((a, b) => (a.id < b.id ? -1 : 1));

  const others = lines.filter((line) => !importLine.test(line)).join("\n");
  const list = /= \[[^\]]*\];/;
  if (!list.test(others)) throw new Error("there is no list");
  const lastImport = others.lastIndexOf("import ");
  const afterImports = others.indexOf("\n", lastImport) + 1;
  const imports = sorted.map(({ id, name }) => `import { ${name} } from "./${id}.ts";\n`).join("");
  const names = sorted.map(({ name }) => `  ${name},\n`).join("");
  return (others.slice(0, afterImports) + imports + others.slice(afterImports)).replace(list, `= [\n${names}];`);
}
