import { expect, test } from "vitest";
import fc from "fast-check";
import { html, lines } from "../../../../src/proxy/dashboard/html/html.ts";
import { href } from "../../../../src/proxy/dashboard/html/href.ts";

test("texts are escaped in elements and attributes; what html made is not", () => {
  const inner = html`<b>${"a & b"}</b>`;
  expect(html`<p title="${`"'<x>`}">${inner}${[1, " ", "<i>"]}${false}${null}${undefined}</p>`.toString()).toBe(
    '<p title="&quot;&#39;&lt;x&gt;"><b>a &amp; b</b>1 &lt;i&gt;</p>',
  );
});

test("whatever a text holds, no tag or attribute of it begins, and nothing of it is invisible", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
      const made = html`<p title="${text}">${text}</p>`.toString();
      expect(made.match(/[<>]/g)).toEqual(["<", ">", "<", ">"]);
      expect(made.match(/"/g)).toHaveLength(2);
      expect(made).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
    }),
  );
});

test("an object that merely looks like markup is no markup", () => {
  const forged = JSON.parse('{"toString":1,"markup":"<script>"}');
  expect(html`<p>${forged}</p>`.toString()).toBe("<p></p>");
});

test("lines keep their breaks although texts lose theirs", () => {
  expect(html`<pre>${lines(["a\nb", html`<b>${"c"}</b>`])}</pre>`.toString()).toBe("<pre>a b\n<b>c</b>\n</pre>");
});

test("a path holds whatever a name holds, encoded", () => {
  expect(href("")).toBe("/_mcpguard/");
  expect(href("event", { id: 'a"&<b>', q: "", server: undefined })).toBe("/_mcpguard/event?id=a%22%26%3Cb%3E");
});
