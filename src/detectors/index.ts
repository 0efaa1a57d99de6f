import type { Detector } from "../core/detector.ts";
import { promptInjection } from "./prompt-injection.ts";
import { toolPoisoning } from "./tool-poisoning.ts";

/** All detectors, by id. A new one is a file and a row here. */
export const detectors: readonly Detector[] = [promptInjection, toolPoisoning];
