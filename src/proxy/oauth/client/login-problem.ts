/** Why a request could not be made: the upstream wants a login that the proxy does not have. For callers; no secrets. */
export class LoginProblem extends Error {
  override readonly name = "LoginProblem";
  /** The proxy's page that begins a login; undefined where that would not help. */
  readonly page: string | undefined;

  constructor(what: string, page?: string) {
    super(what);
    this.page = page;
  }

  /** As the end of a sentence about the server; `origin` is where the caller knows the proxy. */
  textFor(origin: string): string {
    if (this.page === undefined) return this.message;
    return `${this.message}; open ${origin}${this.page} in a browser, then try again`;
  }
}
