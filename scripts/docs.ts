import { writeFileSync } from "node:fs";
import { pages } from "./docs/pages.ts";

for (const [path, text] of Object.entries(pages())) {
  writeFileSync(path, text);
  console.log(path);
}
