import type { Detector } from "../core/detector.ts";
import type { Finding } from "../core/finding.ts";
import type { Passage } from "../core/passage.ts";
import { examples } from "./examples/dangerous-url.ts";
import { argumentFindings, mentionFindings } from "./urls/addresses.ts";
import { callbackFindings } from "./urls/callback-urls.ts";
import { elicitedUrlFindings, isElicitedUrl } from "./urls/elicited-urls.ts";
import { scriptFindings } from "./urls/script-urls.ts";

/** Addresses that run a script when opened, or lead where only the machine itself should look. */
export const dangerousUrl: Detector = {
  meta: {
    id: "dangerous-url",
    title: "Dangerous address",
    severity: "high",
    roles: [
      "tool-argument",
      "tool-result",
      "tool-description",
      "resource-content",
      "prompt",
      "elicitation",
      "error-text",
      "agent-card",
      "agent-message",
      "fetched-url",
      "callback-url",
      "metadata",
    ],
    directions: ["to-server", "to-client"],
    why: "A server with the user's network can be sent to the cloud's metadata service and bring back credentials; a javascript: address runs with the rights of the page that opens it.",
    references: [
      "https://owasp.org/Top10/A10_2021-Server-Side_Request_Forgery_%28SSRF%29/",
      "https://modelcontextprotocol.io/specification/2025-11-25/client/elicitation#safe-url-handling",
      "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html",
    ],
    anchors: anchors(),
    budget: 8 * 1024 * 1024,
  },
  inspect: ({ passages, direction }) => passages.flatMap((passage) => findingsIn(passage, direction === "to-server")),
  examples,
};

function findingsIn(passage: Passage, toServer: boolean): Finding[] {
  if (passage.role === "callback-url") return toServer ? callbackFindings(passage) : [];
  if (passage.text.length < 8 || passage.isKey) return [];
  if (isElicitedUrl(passage)) return elicitedUrlFindings(passage);
  const isFollowed = passage.role === "fetched-url" || (passage.role === "tool-argument" && toServer);
  return [...scriptFindings(passage), ...(isFollowed ? argumentFindings(passage) : mentionFindings(passage))];
}

/** Hosts that begin with a digit, in every way a URL may be written; names; scripts; places where more is wrong. */
function anchors(): string[] {
  const digits = [..."0123456789"];
  const hosts = digits.flatMap((digit) => [`//${digit}`, `\\\\${digit}`, `http:${digit}`, `https:${digit}`]);
  const names = ["localhost", "//metadata", "metadata.g", "instance-data", "nip.io", "sslip.io"];
  const plain = ["169.254", "100.100.100.200", "192.0.0.192", "fd00:ec2", "2852039166", "a9fe", "0251.0376", "//["];
  const places = ["elicitation", "inputrequests", "pushnotification", "push_notification"];
  const before = [...digits.map((digit) => `@${digit}`), "@metadata", "@["];
  return [...hosts, ...names, ...plain, ...before, "script:", "data:text/html", ...places];
}
