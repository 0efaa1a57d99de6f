import type { Detector } from "../core/detector.ts";
import { agentCard } from "./agent-card.ts";
import { anomaly } from "./anomaly.ts";
import { credentialElicitation } from "./credential-elicitation.ts";
import { dangerousUrl } from "./dangerous-url.ts";
import { hiddenText } from "./hidden-text.ts";
import { longArgument } from "./long-argument.ts";
import { messageIntegrity } from "./message-integrity.ts";
import { promptInjection } from "./prompt-injection.ts";
import { rateLimit } from "./rate-limit.ts";
import { rugPull } from "./rug-pull.ts";
import { secretLeak } from "./secret-leak.ts";
import { sensitiveResource } from "./sensitive-resource.ts";
import { suspiciousPrompt } from "./suspicious-prompt.ts";
import { toolPoisoning } from "./tool-poisoning.ts";

/** All detectors, by id. A new one is a file and a row here. */
export const detectors: readonly Detector[] = [
  agentCard,
  anomaly,
  credentialElicitation,
  dangerousUrl,
  hiddenText,
  longArgument,
  messageIntegrity,
  promptInjection,
  rateLimit,
  rugPull,
  secretLeak,
  sensitiveResource,
  suspiciousPrompt,
  toolPoisoning,
];
