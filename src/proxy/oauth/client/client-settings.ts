import type { FetchLike } from "@modelcontextprotocol/client";
import type { OAuthLogin } from "../../proxy-options.ts";
import type { LoginFile } from "./login-file.ts";

export type ClientSettings = Extract<OAuthLogin, { mode: "client" }>;

/** What all parts of a login at one upstream share. */
export type LoginContext = {
  route: string;
  target: URL;
  settings: ClientSettings;
  file: LoginFile;
  fetchFn: FetchLike;
};
