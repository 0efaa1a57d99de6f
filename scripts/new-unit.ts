import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { addRow } from "./add-row.ts";

const templates = join(import.meta.dirname, "templates");

/** Copies a template into `folder` under the id given on the command line and adds it to the folder's list. */
export async function newUnit(kind: "client" | "detector", folder: string): Promise<void> {
  const id = process.argv[2] ?? "";
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id))
    return refuse(`Give it an id like my-${kind}: npm run new:${kind} -- my-${kind}`);
  const file = join(folder, `${id}.ts`);
  if (existsSync(file)) return refuse(`${file} is there already.`);

  const name = id.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  const template = readFileSync(join(templates, `${kind}.txt`), "utf8");
  const index = join(folder, "index.ts");
  const list = addRow(readFileSync(index, "utf8"), { id, name });
  writeFileSync(file, template.replaceAll("template-id", id).replaceAll("templateName", name));
  writeFileSync(index, list);
  await execa("oxfmt", [file, index], { preferLocal: true });
  console.log(`${file} is written and listed in ${index}. It holds an example; make it yours, then: npm test`);
}

function refuse(reason: string): void {
  console.error(reason);
  process.exitCode = 1;
}
