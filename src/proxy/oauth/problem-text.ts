import { GuardError } from "../../core/errors.ts";
import { harmless } from "../../text/harmless.ts";
import { NoAnswer } from "./bounded-fetch.ts";

/**
 * What went wrong in a login, as a clause for a person. Never what an authorization server wrote: its answers hold
 * tokens, and anything else it likes.
 */
export function problemText(error: unknown): string {
  if (error instanceof GuardError) return harmless(`${error.message}. ${error.fix}`.slice(0, 500));
  if (error instanceof NoAnswer) return error.message;
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  const { code, status } = factsOf(error);
  if (code !== undefined) return `its authorization server said ${code}`;
  if (status !== undefined) return `its authorization server did not register mcpguard (HTTP ${status})`;
  if (name === "IssuerMismatchError") return "the answer came from another authorization server than was asked";
  if (name === "InsecureTokenEndpointError") return "its authorization server takes tokens without https";
  // The SDK's own sentences; errors of parsers quote what they were given.
  if (name === "Error") return harmless(message.slice(0, 200));
  return "its authorization server answered what is not OAuth";
}

function factsOf(error: unknown): { code?: string; status?: number } {
  if (!(error instanceof Error)) return {};
  if (error.name === "OAuthError" && "code" in error && typeof error.code === "string")
    return { code: /^[\w.-]{1,60}$/.test(error.code) ? error.code : "something that is no error of OAuth" };
  return "submittedMetadata" in error && "status" in error && typeof error.status === "number"
    ? { status: error.status }
    : {};
}
