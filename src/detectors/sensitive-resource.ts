import type { Detector, Subject } from "../core/detector.ts";
import type { Confidence, Finding, Severity } from "../core/finding.ts";
import { foldCharacter } from "../text/fold.ts";
import { hostKind, hostOf } from "../text/hosts.ts";
import { masked } from "../text/mask.ts";
import { plainPath } from "../text/plain-path.ts";
import { request } from "./examples/messages.ts";

const read = (uri: string, title: string, rule?: string): ReturnType<typeof request> =>
  request("resources/read", { uri }, { title, ...(rule === undefined ? {} : { expect: { rule } }) });

/** Resources that hold credentials, or lead into the machine or the cloud account it runs in. */
export const sensitiveResource: Detector = {
  meta: {
    id: "sensitive-resource",
    title: "Sensitive resource",
    severity: "high",
    roles: ["resource-uri"],
    directions: ["to-server"],
    why: "A resource is read without a tool's approval: an address that points at keys, passwords or the cloud's metadata hands them to the model.",
    references: [
      "https://owasp.org/www-community/attacks/Path_Traversal",
      "https://owasp.org/Top10/A10_2021-Server-Side_Request_Forgery_%28SSRF%29/",
    ],
    budget: 64 * 1024,
  },
  inspect: (subject) => subject.passages.flatMap(({ at, text }) => findingsOf(at, text.slice(0, 64 * 1024), subject)),
  examples: {
    bad: [
      read("file:///etc/passwd", "plain", "credentials"),
      read("FILE:///ETC/SHADOW", "upper case", "credentials"),
      read("file:///home/u/project/.env", "an .env file", "credentials"),
      read("file:///srv/app/.git/config", "inside .git", "credentials"),
      read("file:///proc/self/environ", "the process table", "system"),
      read("file:///sys/kernel/notes", "the kernel", "system"),
      read("vault://prod/secrets/db", "secrets", "credentials"),
      read("file:///srv/%2e%2e/%2e%2e/etc%2fpasswd", "encoded", "credentials"),
      read("file:///srv/%252e%252e/etc/passwd", "encoded twice", "credentials"),
      read("http://169.254.169.254/latest/meta-data/", "cloud metadata", "metadata-address"),
      read("http://2852039166/latest/", "in decimal", "metadata-address"),
      read("http://0xa9fea9fe/", "in hexadecimal", "metadata-address"),
      read("http://0251.0376.0251.0376/", "in octal", "metadata-address"),
      read("http://[::ffff:169.254.169.254]/", "as IPv6", "metadata-address"),
      read("http://LOCALHOST:6379/", "the own machine", "loopback-address"),
      read("repo://docs/../../outside", "climbing", "climbs"),
      {
        ...read("file:///work/app/../../home/u/notes.md", "out of the roots", "outside-roots"),
        before: roots("file:///work/app"),
      },
    ],
    good: [
      read("file:///home/u/notes/environment.md", "an ordinary file"),
      read("file:///home/u/app/.env.example", "an example of an .env file"),
      read("https://docs.example/guide/passwords", "a page about passwords"),
      read("github://octo/repo/.github/workflows/ci.yml", "a folder that only begins like .git"),
      { ...read("file:///work/app/src/.env", "inside the roots"), before: roots("file:///work/app") },
    ],
  },
};

// Whole segments, so that a page about secrets is not one.
const folders = new Set([".git", ".ssh", ".aws", ".azure", ".gnupg", ".kube", "secrets", "secret", "credentials"]);
const files =
  /^(?:\.env(?:\.(?!example$|sample$|template$|dist$)[\w.-]+)?|\.git-credentials|id_(?:rsa|dsa|ecdsa|ed25519)|\.npmrc|\.netrc|\.pgpass|\.pypirc|\.my\.cnf|\.htpasswd|(?:application_default_)?credentials\.\w+|secrets?\.\w+|\w+\.(?:pem|p12|pfx|kdbx|keystore|jks))$/;
const inEtc = new Set(["passwd", "shadow", "gshadow", "sudoers", "master.passwd"]);

function holdsCredentials(path: string): boolean {
  const segments = path.split("/");
  const last = segments.at(-1) ?? "";
  if (files.test(last.slice(0, 128)) || segments.some((segment) => folders.has(segment))) return true;
  const isEtc = segments.at(-2) === "etc" && inEtc.has(last);
  return isEtc || path.endsWith("/system32/config/sam") || path.endsWith("/.docker/config.json");
}

const system = /^(?:\/[a-z]:)?\/(?:proc|sys|dev)(?:\/|$)/;

function findingsOf(at: string, uri: string, { memory }: Subject): Finding[] {
  const plain = [...uri]
    .map((character) => foldCharacter(character.codePointAt(0) ?? 0))
    .join("")
    .toLowerCase();
  const { path, climbs } = plainPath(plain);
  const found = (rule: string, severity: Severity, confidence: Confidence, because: string): Finding => ({
    detector: "sensitive-resource",
    rule,
    severity,
    confidence,
    at,
    evidence: masked(uri),
    because,
    fix: "Set block_on_resource_scan to refuse such reads, or suppress the rule where it is meant.",
  });
  const isFile = plain.trim().startsWith("file:") || plain.trim().startsWith("/");
  if (isFile && memory.roots !== undefined && memory.roots.length > 0) {
    if (memory.roots.some((root) => isInside(path, plainPath(root.toLowerCase()).path))) return [];
    if (climbs)
      return [
        found("outside-roots", "high", "hard", "The address climbs out of the folders that the client declared."),
      ];
  }
  const findings: Finding[] = [];
  if (holdsCredentials(path))
    findings.push(found("credentials", "high", "hard", "The resource holds passwords, keys or other secrets."));
  if (system.test(path))
    findings.push(found("system", "high", "hard", "The resource is a window into the running system."));
  findings.push(...hostFindings(plain, found));
  if (climbs && findings.length === 0)
    findings.push(found("climbs", "medium", "soft", "The address climbs out of the folder it names."));
  return findings;
}

function hostFindings(
  uri: string,
  found: (rule: string, severity: Severity, confidence: Confidence, because: string) => Finding,
): Finding[] {
  if (!/^[a-z][a-z0-9+.-]*:[\\/]{2}/.test(uri) || uri.startsWith("file:")) return [];
  const kind = hostKind(hostOf(uri) ?? "");
  if (kind === "metadata")
    return [
      found(
        "metadata-address",
        "high",
        "hard",
        "The address is the cloud's metadata service, which hands out credentials.",
      ),
    ];
  if (kind === undefined) return [];
  return [
    found(
      `${kind}-address`,
      kind === "loopback" ? "high" : "medium",
      "soft",
      "The address is on this machine or in its own network.",
    ),
  ];
}

function isInside(path: string, root: string): boolean {
  return path === root || path.startsWith(root.endsWith("/") ? root : `${root}/`);
}

function roots(uri: string): NonNullable<Detector["examples"]["bad"][0]["before"]> {
  return [
    { direction: "to-client", message: { jsonrpc: "2.0", id: 1, method: "roots/list" } },
    { direction: "to-server", message: { jsonrpc: "2.0", id: 1, result: { roots: [{ uri }] } } },
  ];
}
