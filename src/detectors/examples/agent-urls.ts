import type { Detector, Example } from "../../core/detector.ts";
import type { Finding } from "../../core/finding.ts";
import type { JsonObject } from "../../core/json.ts";

type About = { title: string; expect?: Partial<Finding> };

/** Addresses between agents: where files are fetched from and where tasks are reported to. */
function request(method: string, params: JsonObject, about: About): Example {
  return { ...about, protocol: "a2a", direction: "to-server", message: { jsonrpc: "2.0", id: 7, method, params } };
}

/** A webhook, as 1.0 registers it. */
function webhook(url: string, about: About): Example {
  return request("CreateTaskPushNotificationConfig", { taskId: "t", url, token: "opaque" }, about);
}

const refused = (rule: string): { expect: Partial<Finding> } => ({ expect: { rule, confidence: "hard" } });

/** A part that only names its file. */
function file(part: JsonObject, about: About): Example {
  return request("SendMessage", { message: { messageId: "m", role: "ROLE_USER", parts: [part] } }, about);
}

export const agentUrls: Detector["examples"] = {
  bad: [
    webhook("https://169.254.169.254/latest", {
      title: "reports to the metadata service",
      ...refused("metadata-address"),
    }),
    webhook("https://10.0.0.7/hook", { title: "reports into the network", ...refused("local-address") }),
    webhook("https://[::1]:8443/", { title: "reports to the agent's own machine", ...refused("local-address") }),
    webhook("https://017700000001/", { title: "the same in octal", ...refused("local-address") }),
    webhook("https://redis:6379/", { title: "reports to a neighbour", ...refused("local-address") }),
    webhook("https://vault.internal/", { title: "reports to an internal name", ...refused("local-address") }),
    webhook("http://hooks.example.com/", { title: "reports in the clear", ...refused("not-https") }),
    webhook("https://hooks.example.com@evil.example/", { title: "reports behind a name", ...refused("user-info") }),
    webhook("https://hooks.example.com\\@10.0.0.1/", { title: "reports in two directions", ...refused("malformed") }),
    request(
      "message/send",
      { message: { parts: [] }, configuration: { pushNotificationConfig: { url: "https://192.168.1.1/" } } },
      { title: "a webhook sent along", ...refused("local-address") },
    ),
    request(
      "tasks/pushNotificationConfig/set",
      { taskId: "t", pushNotificationConfig: { url: "https://localhost/" } },
      { title: "a webhook of 0.3", ...refused("local-address") },
    ),
    file(
      { url: "http://169.254.169.254/latest/", mediaType: "text/plain" },
      {
        title: "a file at the metadata service",
        ...refused("metadata-address"),
      },
    ),
    file(
      { kind: "file", file: { uri: "http://0xa9fea9fe/" } },
      {
        title: "the same in 0.3",
        ...refused("metadata-address"),
      },
    ),
  ],
  good: [
    webhook("https://hooks.example.com/a2a?task=1", { title: "reports to a public host" }),
    webhook("https://203.0.113.7:8443/hook", { title: "reports to a public address" }),
    file({ url: "https://files.example.com/report.pdf", filename: "report.pdf" }, { title: "a file on the web" }),
    {
      title: "a webhook that was registered before",
      protocol: "a2a",
      direction: "to-client",
      before: [
        {
          direction: "to-server",
          message: { jsonrpc: "2.0", id: 7, method: "GetTaskPushNotificationConfig", params: {} },
        },
      ],
      message: { jsonrpc: "2.0", id: 7, result: { taskId: "t", url: "https://10.0.0.7/hook" } },
    },
  ],
};
