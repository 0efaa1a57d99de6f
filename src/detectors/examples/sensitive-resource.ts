import type { Detector, Example } from "../../core/detector.ts";
import { request } from "./messages.ts";

function read(uri: string, title: string, rule?: string): Example {
  return request("resources/read", { uri }, { title, ...(rule === undefined ? {} : { expect: { rule } }) });
}

/** The same after the client has declared a folder as its root. */
function within(root: string, example: Example): Example {
  return {
    ...example,
    before: [
      { direction: "to-client", message: { jsonrpc: "2.0", id: 1, method: "roots/list" } },
      { direction: "to-server", message: { jsonrpc: "2.0", id: 1, result: { roots: [{ uri: root }] } } },
    ],
  };
}

export const examples: Detector["examples"] = {
  bad: [
    read("file:///etc/passwd", "plain", "credentials"),
    read("FILE:///ETC/SHADOW", "upper case", "credentials"),
    read("file:\\\\\\etc\\passwd", "backslashes", "credentials"),
    read("file:///etc/passwd%00.png", "with a zero byte", "credentials"),
    read("file:///srv/%2e%2e/%2e%2e/etc%2fpasswd", "encoded", "credentials"),
    read("file:///srv/%252e%252e/etc/passwd", "encoded twice", "credentials"),
    read("file:///srv/a%3F/../../etc/passwd", "behind an encoded question mark", "credentials"),
    read("file:///srv/a?/../../etc/passwd", "behind a question mark", "credentials"),
    read("file:///home/u/project/.env", "an .env file", "credentials"),
    read("file:///srv/app/.git/config", "inside .git", "credentials"),
    read("file:///C:/Users/u/.ssh/id_ed25519", "an SSH key", "credentials"),
    read(
      "file:///Users/u/Library/Application%20Support/Google/Chrome/Default/Login%20Data",
      "a browser's",
      "credentials",
    ),
    read("vault://prod/secrets/db", "secrets", "credentials"),
    request(
      "resources/subscribe",
      { uri: "file:///x/.aws/credentials" },
      { title: "a subscription", expect: { rule: "credentials" } },
    ),
    read("file:///proc/self/environ", "the process table", "system"),
    read("file:///sys/kernel/notes", "the kernel", "system"),
    read("http://169.254.169.254/latest/meta-data/", "cloud metadata", "metadata-address"),
    read("http://2852039166/latest/", "in decimal", "metadata-address"),
    read("http://0xa9fea9fe/", "in hexadecimal", "metadata-address"),
    read("http://0251.0376.0251.0376/", "in octal", "metadata-address"),
    read("http://[::ffff:169.254.169.254]/", "as IPv6", "metadata-address"),
    read("http://LOCALHOST:6379/", "the own machine", "loopback-address"),
    read("repo://docs/../../outside", "climbing", "climbs"),
    within("file:///work/app", read("file:///work/app/../../home/u/notes.md", "out of the roots", "outside-roots")),
    within(
      "file:///work/app",
      read("file:///work/app/%2e%2e/app2/x.md", "to a neighbour of the root", "outside-roots"),
    ),
  ],
  good: [
    read("file:///home/u/notes/environment.md", "an ordinary file"),
    read("file:///home/u/app/.env.example", "an example of an .env file"),
    read("file:///home/u/.ssh-notes/id_rsa.pub", "a public key"),
    read("https://docs.example/guide/credentials", "a page about credentials"),
    read("https://example.com/proc/overview", "a page that only begins like the process table"),
    read("github://octo/repo/.github/workflows/ci.yml", "a folder that only begins like .git"),
    read("postgres://localhost/shop/orders/schema", "a database server's own name"),
    request("resources/unsubscribe", { uri: "file:///etc/passwd" }, { title: "the end of a subscription" }),
    within("file:///work/app", read("file:///work/app/src/.env", "inside the roots")),
    within("file:///work/my%20app", read("file:///work/my app/a/../b.md", "still inside the roots")),
  ],
};
