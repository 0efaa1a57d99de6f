import { aiFormats } from "./ai-formats.ts";
import { cloudFormats } from "./cloud-formats.ts";
import { codeFormats } from "./code-formats.ts";
import type { Format } from "./format.ts";
import { keyFormats } from "./key-formats.ts";
import { serviceFormats } from "./service-formats.ts";

/** All formats; where two match at one place, the earlier counts. */
export const formats: readonly Format[] = [
  ...aiFormats,
  ...cloudFormats,
  ...codeFormats,
  ...serviceFormats,
  ...keyFormats,
];
