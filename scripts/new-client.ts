import { newUnit } from "./new-unit.ts";

await newUnit("client", "src/clients");
