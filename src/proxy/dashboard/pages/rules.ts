import { detectors } from "../../../detectors/index.ts";
import { actionNow } from "../../../policy/action-now.ts";
import type { Policy } from "../../../core/policy.ts";
import type { Context } from "../context.ts";
import { href } from "../html/href.ts";
import { html, type Html } from "../html/html.ts";
import { facts } from "../parts/facts.ts";
import { layout } from "../parts/layout.ts";
import { references } from "../parts/references.ts";
import { page, type Reply } from "../reply.ts";

/** Every detector, and what it leads to under each policy. */
export async function rules(context: Context): Promise<Reply> {
  return page(
    layout(
      { title: "Rules", version: context.version },
      html`<h1>Rules</h1>
        ${policiesOf(context).map(({ policy, names }) => section(policy, names))}`,
    ),
  );
}

/** Servers with the same policy are told once. */
function policiesOf({ status }: Context): { policy: Policy; names: string[] }[] {
  const groups = new Map<string, { policy: Policy; names: string[] }>();
  for (const { name, policy } of status().routes) {
    const key = JSON.stringify(policy);
    const group = groups.get(key) ?? { policy, names: [] };
    group.names.push(name);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function section(policy: Policy, names: readonly string[]): Html {
  const limits = policy.rateLimits.map(({ method, limit, windowMs }) => `${method}: ${limit} in ${windowMs / 1000} s`);
  return html`<section>
    <h2>${policy.preset} <span class="dim">for ${names.join(", ")}</span></h2>
    ${facts([
      ["Only these", policy.allow.join(", ")],
      ["Never these", policy.deny.join(", ")],
      ["Rate limits", limits.join(", ")],
      [
        "Left alone",
        policy.suppressions.map(({ rule, server, tool }) => [rule, server, tool].filter(Boolean).join(" ")).join(", "),
      ],
    ])}
    <table class="rules">
      <thead>
        <tr>
          <th scope="col">Detector</th>
          <th scope="col">Severity</th>
          <th scope="col">Hard finding</th>
          <th scope="col">Soft finding</th>
          <th scope="col"><span class="unseen">Events</span></th>
        </tr>
      </thead>
      <tbody>
        ${detectors.map(({ meta }) => row(policy, meta))}
      </tbody>
    </table>
  </section>`;
}

type Meta = (typeof detectors)[number]["meta"];

function row(policy: Policy, meta: Meta): Html {
  const { hard, soft } = actionNow(policy, meta.id);
  return html`<tr>
    <th scope="row">
      <details>
        <summary>${meta.title} <code class="dim">${meta.id}</code></summary>
        <p>${meta.why}</p>
        <p>${references(meta.references)}</p>
      </details>
    </th>
    <td><b class="severity ${meta.severity}">${meta.severity}</b></td>
    <td>${hard}</td>
    <td>${soft}</td>
    <td>
      <a href="${href("", { q: `rule:${meta.id}/` })}#feed">events<span class="unseen"> of ${meta.title}</span></a>
    </td>
  </tr> `;
}
