import type { Detector } from "../core/detector.ts";
import { anomaly } from "./anomaly.ts";
import { messageIntegrity } from "./message-integrity.ts";
import { promptInjection } from "./prompt-injection.ts";
import { rateLimit } from "./rate-limit.ts";
import { rugPull } from "./rug-pull.ts";
import { toolPoisoning } from "./tool-poisoning.ts";

/** All detectors, by id. A new one is a file and a row here. */
export const detectors: readonly Detector[] = [
  anomaly,
  messageIntegrity,
  promptInjection,
  rateLimit,
  rugPull,
  toolPoisoning,
];
