import { setTimeout as pause } from "node:timers/promises";
import type { Challenge } from "../challenge.ts";
import type { Asked } from "../discover.ts";
import { problemText } from "../problem-text.ts";
import type { LoginContext } from "./client-settings.ts";
import { LoginProblem } from "./login-problem.ts";
import type { LoginRecord, Tokens } from "./login-record.ts";
import { renewed } from "./renewed.ts";

/** Milliseconds before its end that a token is renewed. */
const EARLY = 10_000;

/** The proxy's own login at one upstream: which token to send, and what to do when it is refused. */
export class ClientLogin {
  readonly #context: LoginContext;
  #tokens: Tokens | undefined;
  #asked: Asked | undefined;
  #scope: string | undefined;
  #unmet: Challenge | undefined;
  #renewal: Promise<string | undefined> | undefined;
  /** A renewed token of which it is not known whether the upstream takes it. */
  #untried: string | undefined;

  constructor(context: LoginContext) {
    this.#context = context;
  }

  /** Where the upstream last said that it wants a login. */
  get asked(): Asked {
    const { target, file } = this.#context;
    const login = file.read();
    const stored = login && { endpoint: login.endpoint, metadataUrl: login.metadataUrl };
    return this.#asked ?? stored ?? { endpoint: target.origin + target.pathname, metadataUrl: undefined };
  }

  /** The scope that the upstream said it wants; undefined where it did not. */
  get scope(): string | undefined {
    return this.#scope;
  }

  /** What the upstream wants before it takes anything; undefined where it has not said so, or somebody has logged in. */
  get unmet(): Challenge | undefined {
    return this.#unmet;
  }

  /** The token to send, renewed where it is about to end; undefined where there is none. */
  async token(): Promise<string | undefined> {
    this.#tokens ??= this.#context.file.read()?.tokens;
    const tokens = this.#tokens;
    if (tokens?.expiresAt === undefined || tokens.expiresAt - EARLY > Date.now()) return tokens?.access;
    if (tokens.refresh === undefined && !this.#isByItself) return tokens.access;
    return this.#renew(tokens.access).catch(() => tokens.access);
  }

  /**
   * What to send instead of `used`, which was refused; undefined where a person has to log in. Rejects with LoginProblem
   * where the authorization server could not be asked.
   */
  async afterRefusal(used: string | undefined, challenge: Challenge, endpoint: string): Promise<string | undefined> {
    const login = this.#context.file.read();
    this.#asked = { endpoint, metadataUrl: challenge.metadataUrl };
    this.#unmet = used === undefined ? challenge : undefined;
    await this.#want(challenge, login);
    const stored = login?.tokens?.access;
    if (stored !== undefined && stored !== used) {
      this.#tokens = login?.tokens;
      return stored;
    }
    const wantsMore = challenge.error === "insufficient_scope";
    return this.#canRenew(login, wantsMore, used) ? this.#renew(used) : undefined;
  }

  /** The upstream has taken a token. */
  accepted(token: string | undefined): void {
    if (token === this.#untried) this.#untried = undefined;
  }

  /** Takes over what a person's login, or another process, has brought. */
  loggedIn(): void {
    this.#tokens = this.#context.file.read()?.tokens;
    this.#scope = undefined;
    this.#unmet = undefined;
  }

  /** Refreshing widens no rights; and what was refused as soon as it was renewed is no better for being renewed again. */
  #canRenew(login: LoginRecord | undefined, wantsMore: boolean, used: string | undefined): boolean {
    if (this.#isByItself && wantsMore) return true;
    if (used !== undefined && used === this.#untried) return false;
    return this.#isByItself || (!wantsMore && login?.tokens?.refresh !== undefined);
  }

  get #isByItself(): boolean {
    return this.#context.settings.grant === "client_credentials";
  }

  /** What was asked for before stays asked for: new rights would otherwise cost the old ones. */
  async #want({ scope }: Challenge, login: LoginRecord | undefined): Promise<void> {
    if (scope === undefined) return;
    const { computeScopeUnion } = await import("../sdk.ts");
    this.#scope = computeScopeUnion(login?.scope, login?.tokens?.scope, this.#scope, scope)
      ?.split(" ")
      .slice(0, 100)
      .join(" ");
  }

  /** Once for all who ask meanwhile. */
  #renew(stale: string | undefined): Promise<string | undefined> {
    this.#renewal ??= this.#renewOnce(stale).finally(() => {
      this.#renewal = undefined;
    });
    return this.#renewal;
  }

  async #renewOnce(stale: string | undefined): Promise<string | undefined> {
    const { file } = this.#context;
    for (;;) {
      const claim = file.claim(stale, Date.now());
      if (claim === "changed") break;
      if (claim === "mine") {
        await this.#replace(file.read());
        break;
      }
      await pause(100);
    }
    this.#tokens = file.read()?.tokens;
    return this.#tokens?.access === stale ? undefined : this.#tokens?.access;
  }

  async #replace(login: LoginRecord | undefined): Promise<void> {
    const { file } = this.#context;
    let fresh: LoginRecord | undefined;
    try {
      fresh = await renewed(login, this.asked, this.#scope, this.#context);
      if (fresh !== login) this.#untried = fresh?.tokens?.access;
    } catch (error) {
      throw new LoginProblem(`wants a login that could not be renewed: ${problemText(error)}`);
    } finally {
      file.settle(fresh);
    }
  }
}
