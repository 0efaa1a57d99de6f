import type { Confidence } from "../../core/finding.ts";
import { isObject, stringAt, type JsonValue } from "../../core/json.ts";
import { format, type Format } from "./format.ts";
import { isMadeUp } from "./made-up.ts";

const databases = [
  "postgres",
  "postgresql",
  "mysql",
  "mariadb",
  "mongodb",
  "redis",
  "rediss",
  "amqp",
  "amqps",
  "mssql",
];
const schemes = [...databases, "sqlserver", "clickhouse"];

/** Private keys, and what opens a door to whoever holds it. */
export const keyFormats: readonly Format[] = [
  format({
    id: "private-key",
    title: "a private key",
    words: ["-----BEGIN "],
    anchors: ["private key-----", "private key block-----"],
    secret:
      /-----BEGIN (?:[A-Z0-9]{2,10} ){0,2}PRIVATE KEY(?: BLOCK)?-----(?:(?:[^-]|-(?!----)){40,20000}-----END (?:[A-Z0-9]{2,10} ){0,2}PRIVATE KEY(?: BLOCK)?-----|[A-Za-z0-9+/=\s\\:,]{40,20000})/,
    judge: isKeyMaterial,
  }),
  format({
    id: "putty-key",
    title: "a PuTTY private key",
    words: ["Private-Lines:"],
    isBare: true,
    secret: /Private-Lines:\s{0,2}\d{1,3}([A-Za-z0-9+/=\s\\]{60,8000})/,
    judge: isKeyMaterial,
  }),
  format({
    id: "age-key",
    title: "an age secret key",
    words: ["AGE-SECRET-KEY-1"],
    secret: /AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}/,
  }),
  format({
    id: "database-password",
    title: "a database address with its password",
    words: schemes,
    anchors: schemes.flatMap((scheme) => [`${scheme}://`, `${scheme}+`]),
    isBare: true,
    secret: new RegExp(
      String.raw`(?:${schemes.join("|")})(?:\+[a-z0-9]{2,12})?:\/\/[^\s:@/'"<>${"`"}]{0,64}:([^\s@/'"<>${"`"}]{6,128})(?=@[\w[])`,
    ),
    judge: judgePassword,
  }),
  format({
    id: "jwt",
    title: "a signed token (JWT)",
    words: ["eyJ"],
    secret: /(?<![_-])eyJ[\w-]{10,2000}\.eyJ[\w-]{10,8000}\.[\w-]{20,2000}/,
    judge: judgeToken,
  }),
];

function isKeyMaterial(key: string): Confidence | undefined {
  const body = key.replace(/-----[A-Z0-9 ]+-----|\\[nrt]/g, " ");
  if (/\.\.\.|…|<|example|your/i.test(body)) return undefined;
  const characters = body.match(/[A-Za-z0-9+/]/g) ?? [];
  return characters.length >= 60 && new Set(characters).size >= 20 ? "hard" : undefined;
}

/** Placeholders, and servers on the developer's own machine, are in every README. */
function judgePassword(password: string, text: string, at: number): Confidence | undefined {
  if (isMadeUp(password) || /pass|secret|pwd|admin|root|user|test|postgres|mysql|mongo|[$<>{}%*[\]()]/i.test(password))
    return undefined;
  const host = text.slice(at + password.length + 1, at + password.length + 80);
  return /^(?:localhost|127\.|0\.0\.0\.0|\[::1|(?:host|hostname|server|database|db)(?![\w.-])|example|your|[\w.-]*\.example\b)/i.test(
    host,
  )
    ? undefined
    : "soft";
}

function judgeToken(token: string): Confidence | undefined {
  const [headText = "", bodyText = "", signature = ""] = token.split(".");
  const [head, body] = [parsed(headText), parsed(bodyText)];
  if (!isObject(head) || typeof head["alg"] !== "string" || !isObject(body)) return undefined;
  return isMadeUp(stringAt(body, "sub") ?? "") || isMadeUp(signature) ? undefined : "soft";
}

function parsed(part: string): JsonValue | undefined {
  try {
    return JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
  } catch {
    return undefined;
  }
}
