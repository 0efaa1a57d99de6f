import { clientsPage } from "./clients-page.ts";
import { configPage } from "./config-page.ts";
import { configJsonSchema } from "./config-schema.ts";
import { detectorsPage } from "./detectors-page.ts";

/** The pages that are made from the code, by path. */
export function pages(): Readonly<Record<string, string>> {
  return {
    "docs/clients.md": clientsPage(),
    "docs/config.md": configPage(),
    "docs/config.schema.json": `${JSON.stringify(configJsonSchema(), undefined, 2)}\n`,
    "docs/detectors.md": detectorsPage(),
  };
}
