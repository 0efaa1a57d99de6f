import { isLoopback as isLoopbackHost } from "../../access/authority.ts";

/** Schemes by which a browser would run or show something rather than open an application. */
const noApplication = /^(?:javascript|data|vbscript|file|blob|about|filesystem|view-source|ws|wss|ftp):$/;

/** Whether a client may ask to have its browser sent there: to an application, this machine, or a secure site. */
export function isRedirectUri(uri: unknown): uri is string {
  if (typeof uri !== "string" || uri.length > 2000 || !URL.canParse(uri)) return false;
  const { protocol, hash, username, password } = new URL(uri);
  if (hash !== "" || uri.endsWith("#") || username + password !== "") return false;
  if (protocol === "http:") return isLoopback(uri);
  return !noApplication.test(protocol);
}

/** Whether `uri` is one of the registered; on this machine an application's port may differ each time (RFC 8252, 7.3). */
export function isRegistered(uri: string, registered: readonly string[]): boolean {
  return registered.some(
    (each) => each === uri || (isLoopback(each) && isLoopback(uri) && portless(each) === portless(uri)),
  );
}

/** A site on the web, as opposed to an application on the machine of whoever logs in. */
export function isSite(uri: string): boolean {
  return /^https?:/i.test(uri) && !isLoopback(uri);
}

function isLoopback(uri: string): boolean {
  return /^https?:/i.test(uri) && isLoopbackHost(new URL(uri).hostname);
}

function portless(uri: string): string {
  const url = new URL(uri);
  url.port = "";
  return url.href;
}
