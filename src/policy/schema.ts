// `import { z }` would bundle every language that zod speaks: 118 ms to load instead of 50.
import * as z from "zod";
import { presets, settings } from "../core/policy.ts";
import { proxyKeys } from "./schema-proxy.ts";

const setting = z.enum(settings);
const settingMap = z.record(z.string(), setting);
const patterns = z.array(z.string().min(1));
const count = z.int().positive();
const seconds = z.number().positive();

const rateLimit = z.object({
  method: z.string().min(1).describe("Method name or pattern; `*` counts each method apart."),
  limit: count.describe("Calls allowed in the window."),
  window: seconds.optional().describe("Seconds; without it `rate_window` holds."),
});

const suppression = z.object({
  rule: z.string().min(1).describe("A detector, or `detector/rule`."),
  server: z.string().optional().describe("Server name or pattern; without it every server."),
  tool: z.string().optional().describe("Tool name or pattern; without it every tool."),
});

const policyKeys = {
  preset: z
    .enum(presets)
    .optional()
    .describe(
      "`monitor` only logs; `balanced` (default) acts on hard findings, and on soft ones that come together; `strict` on each soft one of medium severity or more too.",
    ),
  allow: patterns
    .optional()
    .describe("Only these tools may be called: names, patterns with `*` and `?`, or `method:` and a method pattern."),
  deny: patterns.optional().describe("These tools may not be called, even if allowed. Written like `allow`."),
  rate_limit: count.optional().describe("Calls of one method allowed in `rate_window`. Without it nothing is limited."),
  rate_window: seconds.optional().describe("Seconds that `rate_limit` counts over (default 60)."),
  rate_limits: z
    .array(rateLimit)
    .optional()
    .describe("Limits by method; the first that matches holds, before `rate_limit`."),
  block_on_injection: z
    .boolean()
    .optional()
    .describe("Block on an instruction-override phrase alone (true), or only report it (false)."),
  block_on_poisoning: z
    .boolean()
    .optional()
    .describe("Hide a tool on a single sign of poisoning (true), or only report it (false)."),
  block_on_resource_scan: z.boolean().optional().describe("Refuse to read sensitive resources (default false)."),
  block_on_prompt_scan: z.boolean().optional().describe("Refuse suspicious prompts (default false)."),
  detectors: settingMap
    .optional()
    .describe(
      "What findings of a detector, or of `detector/rule`, do: off, log, redact, hold or block. `*` is every detector.",
    ),
  tools: z
    .record(z.string(), settingMap)
    .optional()
    .describe("The same for one tool, by name or pattern; goes before `detectors`."),
  suppressions: z.array(suppression).optional().describe("Findings to drop."),
  on_guard_error: z
    .enum(["open", "closed"])
    .optional()
    .describe("Whether a message passes when a detector fails (default open; closed in `strict`)."),
  log_messages: z.boolean().optional().describe("Log passing requests too, without their content (default true)."),
  retention_days: z
    .int()
    .nonnegative()
    .optional()
    .describe("Days that log files are kept (default 30); 0 keeps them for ever."),
  max_inspect_size: count
    .optional()
    .describe("Bytes; longer messages are scanned in windows while forwarded (default 67108864)."),
  hold_timeout: z
    .number()
    .nonnegative()
    .optional()
    .describe("Seconds that a held message waits for a person (default 50)."),
};

const overlay = z.object(policyKeys);

/** The configuration file, in its canonical spelling (see spelling.ts for the others). */
export const configSchema = z.object({
  ...policyKeys,
  servers: z.record(z.string(), overlay).optional().describe("The keys above again, for servers by name or pattern."),
  ...proxyKeys,
});

export type Overlay = z.output<typeof overlay>;
export type Config = z.output<typeof configSchema>;
