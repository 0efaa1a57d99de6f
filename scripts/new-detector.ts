import { newUnit } from "./new-unit.ts";

await newUnit("detector", "src/detectors");
