import { buildTables, type GateTables } from "../text/gate.ts";
import { detectors } from "./index.ts";

/** The tables of the gate before all detectors. The build replaces this module by one that holds them ready-made. */
export function gateTables(): GateTables {
  return buildTables(detectors.flatMap(({ meta }) => meta.anchors ?? []));
}
