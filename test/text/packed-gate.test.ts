import { describe, expect, it } from "vitest";
import { gateTables } from "../../src/detectors/gate-tables.ts";
import { packGate, unpackGate } from "../../src/text/packed-gate.ts";

describe("a packed gate", () => {
  it("comes back as it was, through JSON", () => {
    const tables = gateTables();
    const back = unpackGate(JSON.parse(JSON.stringify(packGate(tables))));
    expect(back).toEqual(tables);
  });
});
