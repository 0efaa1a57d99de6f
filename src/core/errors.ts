/** A JSON-RPC error that may cross the wire. */
export class RpcError extends Error {
  override readonly name = "RpcError";
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** An error for the person in front of mcpguard. Never crosses the wire, never holds a secret. */
export class GuardError extends Error {
  override readonly name = "GuardError";
  /** Stable, upper case: `CONFIG_INVALID`. */
  readonly code: string;
  /** What to do next. */
  readonly fix: string;
  /** The policy loader is bundled apart and brings a copy of this class. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === "GuardError";
  }
  constructor(code: string, message: string, fix: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.fix = fix;
  }
}

/** The code of a system error ("ENOENT"), or "" of anything else. */
export function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}
