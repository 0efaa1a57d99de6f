import type { Detector } from "../core/detector.ts";
// Already written, with examples: anomaly, message-integrity, rate-limit, rug-pull. The others are on their way.
import { anomaly } from "./anomaly.ts";
import { messageIntegrity } from "./message-integrity.ts";
import { rateLimit } from "./rate-limit.ts";
import { rugPull } from "./rug-pull.ts";

/** Every detector, sorted by id. */
export const detectors: readonly Detector[] = [anomaly, messageIntegrity, rateLimit, rugPull];
