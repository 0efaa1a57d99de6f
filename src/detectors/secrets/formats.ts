import { aiFormats } from "./ai-formats.ts";
import { cloudFormats } from "./cloud-formats.ts";
import { codeFormats } from "./code-formats.ts";
import type { Format } from "./format.ts";
import { keyFormats } from "./key-formats.ts";
import { serviceFormats } from "./service-formats.ts";

/** Every kind of secret that is looked for; where two match the same text, the earlier counts. */
export const formats: readonly Format[] = [
  ...keyFormats,
  ...cloudFormats,
  ...codeFormats,
  ...aiFormats,
  ...serviceFormats,
];
