import { createHash } from "node:crypto";
import { hostname } from "node:os";
import { join } from "node:path";
import { isObject } from "../../../core/json.ts";
import { readJsonFile } from "../../../state/json-folder.ts";
import { openJsonFile } from "../../../state/json-file.ts";
import { placeIn } from "../../../state/home.ts";
import { withLock } from "../../../state/lock.ts";
import { isLoginRecord, type LoginRecord } from "./login-record.ts";

type Content = { login?: LoginRecord; renewal?: { by: string; until: number } };

/** Milliseconds that a process may take to renew a login before another one tries. */
const LEASE = 45_000;

/** Whether this process is the one to renew; `changed` where another one has done so. */
export type Claim = "mine" | "theirs" | "changed";

/**
 * The login to one upstream in `<home>/state/oauth`, mode 0600. Processes share it: refresh tokens often work only
 * once, so one process at a time renews.
 */
export class LoginFile {
  readonly #path: string;
  readonly #upstream: string;
  readonly #me = `${process.pid} ${hostname()} ${Math.random()}`;

  constructor(home: string, route: string, upstream: string) {
    const key = createHash("sha256").update(`${route}\0${upstream}`).digest("hex").slice(0, 32);
    this.#path = join(placeIn(home, "oauth"), `${key}.json`);
    this.#upstream = upstream;
  }

  /** Undefined where nobody has logged in; a damaged file counts as none. */
  read(): LoginRecord | undefined {
    return this.#content().login;
  }

  /** Asks to be the one to replace the access token `stale` (undefined: none yet). */
  claim(stale: string | undefined, now: number): Claim {
    return this.#change((content) => {
      const current = content.login?.tokens?.access;
      if (current !== undefined && current !== stale) return "changed";
      const { renewal } = content;
      if (renewal !== undefined && renewal.by !== this.#me && renewal.until > now) return "theirs";
      content.renewal = { by: this.#me, until: now + LEASE };
      return "mine";
    });
  }

  /** Ends the claim; `login` replaces what is stored, undefined leaves it. */
  settle(login: LoginRecord | undefined): void {
    this.#change((content) => {
      delete content.renewal;
      if (login !== undefined) content.login = login;
    });
  }

  #change<T>(change: (content: Content) => T): T {
    return withLock(`${this.#path}.lock`, () => {
      const content = this.#content();
      const result = change(content);
      const database = openJsonFile<Content>(this.#path, {});
      database.data = content;
      database.write();
      return result;
    });
  }

  #content(): Content {
    const content = readJsonFile<Content>(this.#path, isContent) ?? {};
    return content.login === undefined || content.login.upstream === this.#upstream ? content : {};
  }
}

function isContent(value: unknown): value is Content {
  if (!isObject(value)) return false;
  const { login, renewal } = value;
  const isRenewal = isObject(renewal) && typeof renewal["by"] === "string" && typeof renewal["until"] === "number";
  return (login === undefined || isLoginRecord(login)) && (renewal === undefined || isRenewal);
}
