import { Browser } from "../../fixtures/oauth/browser.ts";

/** Where test clients want their browser sent. Nothing listens there. */
export const REDIRECT_URI = "http://127.0.0.1:9/callback";

/** An OAuth client's memory, in the form of both SDKs, and the person who follows its link. */
export class Person {
  readonly redirectUrl: string;
  readonly clientMetadata: { redirect_uris: string[]; client_name: string; token_endpoint_auth_method: string };
  /** Of a client metadata document; undefined where the client registers. */
  clientMetadataUrl?: string;
  /** What came back to the client. */
  answer = new URLSearchParams();
  saved: Record<string, unknown> = {};
  readonly browser = new Browser();

  constructor(redirectUri = REDIRECT_URI) {
    this.redirectUrl = redirectUri;
    this.clientMetadata = { client_name: "test", redirect_uris: [redirectUri], token_endpoint_auth_method: "none" };
  }

  state(): string {
    return "state of the client";
  }
  clientInformation(): never {
    return this.saved["client"] as never;
  }
  saveClientInformation(client: unknown): void {
    this.saved["client"] = client;
  }
  tokens(): never {
    return this.saved["tokens"] as never;
  }
  /** What was discovered holds until a login is done: by the next one the server may have moved. */
  saveTokens(tokens: unknown): void {
    this.saved["tokens"] = tokens;
    delete this.saved["discovery"];
  }
  saveCodeVerifier(verifier: string): void {
    this.saved["verifier"] = verifier;
  }
  codeVerifier(): string {
    return String(this.saved["verifier"]);
  }
  discoveryState(): never {
    return this.saved["discovery"] as never;
  }
  saveDiscoveryState(state: unknown): void {
    this.saved["discovery"] = state;
  }
  invalidateCredentials(scope: string): void {
    const name = scope === "all" ? Object.keys(this.saved) : [scope];
    for (const each of name) delete this.saved[each];
  }
  async redirectToAuthorization(url: URL): Promise<void> {
    const { url: last, status, body } = await this.browser.open(url, this.redirectUrl);
    if (!last.href.startsWith(this.redirectUrl)) throw new Error(`stayed at ${last.href}: ${status} ${body}`);
    this.answer = last.searchParams;
  }
}
