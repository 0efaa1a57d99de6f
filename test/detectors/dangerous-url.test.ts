import { describe, expect, it } from "vitest";
import type { Finding } from "../../src/core/finding.ts";
import type { JsonValue } from "../../src/core/json.ts";
import type { Direction } from "../../src/core/message.ts";
import { defaultPolicy } from "../../src/core/policy.ts";
import type { Action } from "../../src/core/verdict.ts";
import { dangerousUrl } from "../../src/detectors/dangerous-url.ts";
import { Guard } from "../../src/engine/guard.ts";
import { newServerMemory } from "../../src/engine/memory.ts";
import { buildGate } from "../../src/text/gate.ts";

const gate = buildGate(dangerousUrl.meta.anchors ?? []);

type Judged = { action: Action; findings: Finding[]; isOpen: boolean };

function judged(direction: Direction, message: JsonValue): Judged {
  const guard = new Guard({
    session: { id: "s", client: "c", server: "web", protocol: "mcp", transport: "stdio" },
    policy: defaultPolicy,
    detectors: [dangerousUrl],
    server: newServerMemory(),
    newEventId: () => "event",
    pendingId: () => "pending",
  });
  const bytes = Buffer.from(JSON.stringify(message));
  const isOpen = gate.isOpen(bytes);
  const { verdict } = guard.inspect({ direction, bytes, now: undefined, textMatters: isOpen });
  return { action: verdict.action, findings: verdict.findings.map(({ finding }) => finding), isOpen };
}

function called(args: JsonValue): Judged {
  return judged("to-server", {
    jsonrpc: "2.0",
    id: 1,
    method: "tools/call",
    params: { name: "fetch", arguments: args },
  });
}

function returned(result: JsonValue): Judged {
  return judged("to-client", { jsonrpc: "2.0", id: 1, result });
}

function text(words: string): JsonValue {
  return { content: [{ type: "text", text: words }] };
}

const toMetadata = [
  "http://169.254.169.254",
  "http://0xa9.0xfe.0xa9.0xfe/",
  "http://0xA9FEA9FE",
  "http://0251.0376.0251.0376",
  "http://0251.254.169.254",
  "http://169.16689662",
  "http://2852039166",
  "http://[0:0:0:0:0:ffff:a9fe:a9fe]/",
  "http://[::a9fe:a9fe]",
  "http://[64:ff9b::169.254.169.254]",
  "http://[2002:a9fe:a9fe::]",
  "http://[FD00:EC2:0:0:0:0:0:254]",
  "http://metadata.google.internal.",
  "http://metadata/computeMetadata/v1",
  "http://169。254。169。254",
  "http://%2531%36%39.254.169.254",
  "http://user:word@169.254.169.254",
  "http:///169.254.169.254",
  "http:169.254.169.254",
  "//169.254.169.254/x",
  "gopher://169.254.169.254:80/_GET",
  "http://a9fea9fe.nip.io",
  "http://www.169-254-169-254.sslip.io",
  "http://100.100.100.200/latest",
];

describe.each(toMetadata)("%s", (url) => {
  it("is refused as an argument, alone and in a command", () => {
    for (const args of [{ url }, { steps: [{ open: url }] }, { command: `curl -H 'X: y' ${url} -o out` }]) {
      const { action, findings, isOpen } = called(args);
      expect(isOpen).toBe(true);
      expect(findings[0]?.rule).toBe("metadata-address");
      expect(action).toBe("block");
    }
  });

  it("is only noted in a text", () => {
    const { action, findings } = called({ content: `Never let a server open ${url} for you.` });
    expect(action).toBe("allow");
    for (const { severity } of findings) expect(severity).toBe("low");
  });
});

it.each(["http://169.254.169.25", "http://a9fea9ff.nip.io", "169.254", "http://[2001:db8::a9fe:a9fe]", "metadata"])(
  "%s is not the metadata service",
  (url) => {
    expect(called({ url }).findings.map(({ rule }) => rule)).not.toContain("metadata-address");
  },
);

it.each(["http://127.0.0.1:8080", "http://[::1]/", "http://10.0.0.7/x", "https://foo.localhost", "http://0x7f.1"])(
  "%s alone never acts",
  (url) => {
    const { action, findings } = called({ url });
    expect(findings).toMatchObject([{ rule: "local-address", severity: "low", confidence: "soft" }]);
    expect(action).toBe("allow");
  },
);

describe("scripts", () => {
  it.each(["javascript:fetch('//x')", "JAVASCRIPT:eval(name)", "javascript:%61lert(1)", "data:text/html,<p>hi"])(
    "%s is refused where a client would open it",
    (url) => {
      expect(returned({ content: [{ type: "resource_link", name: "a", uri: url }] }).action).toBe("block");
      expect(returned(text(`See [this](${url}).`)).action).toBe("block");
      expect(returned({ content: [], structuredContent: { url } }).action).toBe("block");
    },
  );

  it("are only noted where a text shows them", () => {
    const { action, findings } = returned(text("The payload `[a](javascript:alert(1))` opens a dialog."));
    expect(findings).toMatchObject([{ rule: "script-url", severity: "low" }]);
    expect(action).toBe("allow");
  });

  it("are nothing where they do nothing", () => {
    for (const url of ["javascript:void(0)", "javascript:;", "javascript:history.back()", "JavaScript:%20void(0);"])
      expect(returned(text(`[x](${url}) <a href="${url}">`)).findings).toEqual([]);
  });
});

it.each([
  "http://",
  "//1",
  "](javascript:",
  "href=javascript:",
  "169.254.169.254 ",
  "http://1.",
  "@".repeat(9),
  "%2F%2F1",
])("a megabyte of %j takes linear time", (piece) => {
  const many = piece.repeat(Math.ceil(2 ** 20 / piece.length));
  const started = performance.now();
  called({ command: many });
  returned(text(many));
  expect(performance.now() - started).toBeLessThan(5000);
});
