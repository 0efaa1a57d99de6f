import type { Detector, Subject } from "../core/detector.ts";
import type { Finding } from "../core/finding.ts";
import { hostKind, hostOf } from "../text/hosts.ts";
import { masked } from "../text/mask.ts";
import { normalise } from "../text/normalise.ts";
import { plainPath } from "../text/plain-path.ts";
import { examples } from "./examples/sensitive-resource.ts";
import { pathKind } from "./resources/sensitive-paths.ts";

const LONGEST = 64 * 1024;

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
    budget: LONGEST,
  },
  inspect({ message, memory, passages }) {
    if (message.method !== "resources/read" && message.method !== "resources/subscribe") return [];
    return passages.flatMap(({ at, text }) =>
      objections(text.slice(0, LONGEST), memory).map((objection) => ({
        detector: "sensitive-resource",
        severity: "high",
        ...objection,
        at,
        evidence: masked(text),
        fix: "Set block_on_resource_scan to refuse such reads, or suppress the rule where it is meant.",
      })),
    );
  },
  examples,
};

type Objection = Pick<Finding, "rule" | "confidence" | "because"> & Partial<Pick<Finding, "severity">>;

const web = /^(?:https?|wss?|ftps?|gopher):/;

function objections(uri: string, { roots = [] }: Subject["memory"]): Objection[] {
  const plain = normalise(uri).text.toLowerCase().trim();
  const isWeb = web.test(plain);
  const found = [...pathObjections(plain, roots, isWeb), ...hostObjections(plain, isWeb)];
  // A server that takes the address for a file name sees a path behind the question mark, too.
  if (found.length > 0 || isWeb || !/[?#]/.test(plain)) return found;
  return pathObjections(plain.replace(/[?#]/g, "/"), roots, isWeb);
}

function pathObjections(uri: string, roots: readonly string[], isWeb: boolean): Objection[] {
  const { path, climbs } = plainPath(uri);
  if (roots.length > 0 && /^(?:file:|\/|\\|[a-z]:[\\/])/.test(uri)) {
    if (roots.some((root) => isInside(path, plainPath(root.toLowerCase()).path))) return [];
    if (climbs) return [outsideRoots];
  }
  const kind = pathKind(path, isWeb);
  if (kind !== undefined) return [byPath[kind]];
  return climbs && !isWeb ? [climbing] : [];
}

const outsideRoots: Objection = {
  rule: "outside-roots",
  confidence: "hard",
  because: "The address climbs out of the folders that the client declared.",
};
const climbing: Objection = {
  rule: "climbs",
  severity: "medium",
  confidence: "soft",
  because: "The address climbs out of the folder it names.",
};
const byPath: Readonly<Record<"credentials" | "system", Objection>> = {
  credentials: {
    rule: "credentials",
    confidence: "soft",
    because: "By its name the resource holds passwords, keys or other secrets.",
  },
  system: { rule: "system", confidence: "soft", because: "The resource is a window into the running system." },
};

/** Names of hosts mean the network only in addresses of the web; a database server has names of its own. */
function hostObjections(uri: string, isWeb: boolean): Objection[] {
  if (uri.startsWith("file:") || !/^[a-z][a-z0-9+.-]*:[\\/]{2}|^https?:/.test(uri)) return [];
  const kind = hostKind(hostOf(uri) ?? "");
  const because = "The address is the cloud's metadata service, which hands out credentials.";
  if (kind === "metadata") return [{ rule: "metadata-address", confidence: "hard", because }];
  if (kind === undefined || !isWeb) return [];
  return [
    {
      rule: `${kind}-address`,
      severity: kind === "loopback" ? "high" : "medium",
      confidence: "soft",
      because: "The address is on this machine or in its own network.",
    },
  ];
}

function isInside(path: string, root: string): boolean {
  return path === root || path.startsWith(root.endsWith("/") ? root : `${root}/`);
}
