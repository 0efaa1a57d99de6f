import type { Head, Receiver, Sink, Upstream, UpstreamRequest } from "../../exchange/upstream.ts";
import { challengeOf, type Challenge } from "../challenge.ts";
import type { ClientLogin } from "./client-login.ts";
import type { LoginProblem } from "./login-problem.ts";

type Options = {
  upstream: Upstream;
  login: ClientLogin;
  /** For whom a person has to log in. */
  needed(challenge: Challenge): LoginProblem;
};

/** An upstream whose callers need no login, because the proxy sends its own token and renews it. */
export class LoggedInUpstream {
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  get target(): URL {
    return this.#options.upstream.target;
  }

  /** As `Upstream.call`; fails with LoginProblem where the upstream wants a login that there is not. */
  call(request: UpstreamRequest, receiver: Receiver): () => void {
    const attempt = new Attempt(this.#options, request, receiver);
    void attempt.start();
    return () => attempt.giveUp();
  }
}

class Attempt {
  readonly #options: Options;
  readonly #request: UpstreamRequest;
  readonly #receiver: Receiver;
  #stop: () => void = () => {};
  #gaveUp = false;

  constructor(options: Options, request: UpstreamRequest, receiver: Receiver) {
    this.#options = options;
    this.#request = request;
    this.#receiver = receiver;
  }

  giveUp(): void {
    this.#gaveUp = true;
    this.#stop();
  }

  async start(): Promise<void> {
    try {
      this.#send(await this.#options.login.token(), true);
    } catch (error) {
      this.#fail(error);
    }
  }

  #send(token: string | undefined, mayRetry: boolean): void {
    if (this.#gaveUp) return;
    this.#stop = this.#options.upstream.call(withToken(this.#request, token), {
      onHead: (head: Head, flow): Sink => {
        const challenge = challengeOf(head) ?? (token === undefined ? this.#strict(head) : undefined);
        if (challenge === undefined) {
          this.#options.login.accepted(token);
          return this.#receiver.onHead(head, flow);
        }
        flow.abort();
        void this.#refused(token, challenge, mayRetry);
        return nothing;
      },
      onFailure: (error) => this.#receiver.onFailure(error),
    });
  }

  /** An upstream that wants a login may find fault with other things first; they can be told after the login. */
  #strict({ status }: Head): Challenge | undefined {
    return status === 400 ? this.#options.login.unmet : undefined;
  }

  async #refused(used: string | undefined, challenge: Challenge, mayRetry: boolean): Promise<void> {
    const { login, upstream, needed } = this.#options;
    try {
      const [path = ""] = this.#request.path.split("?", 1);
      const token = await login.afterRefusal(used, challenge, upstream.target.origin + path);
      if (token === undefined || !mayRetry) throw needed(challenge);
      this.#send(token, false);
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    if (!this.#gaveUp) this.#receiver.onFailure(error instanceof Error ? error : new Error(String(error)));
  }
}

const nothing: Sink = { onChunk: () => {}, onEnd: () => {}, onFailure: () => {} };

/** Whatever a caller sends as a login is not for this upstream. */
function withToken(request: UpstreamRequest, token: string | undefined): UpstreamRequest {
  const headers: string[] = [];
  for (let index = 0; index + 1 < request.headers.length; index += 2) {
    const name = request.headers[index] ?? "";
    if (!/^(?:authorization|dpop)$/i.test(name)) headers.push(name, request.headers[index + 1] ?? "");
  }
  if (token !== undefined) headers.push("authorization", `Bearer ${token}`);
  return { ...request, headers };
}
