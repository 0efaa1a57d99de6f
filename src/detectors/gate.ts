import { gateOf, type Gate } from "../text/gate.ts";
import { gateTables } from "./gate-tables.ts";

let gate: Gate | undefined;

/** The gate before all detectors: one for the process. */
export function detectorGate(): Gate {
  return (gate ??= gateOf(gateTables()));
}
