import { html } from "../../dashboard/html/html.ts";
import type { Flows } from "../flows.ts";
import { page, type Reply } from "../reply.ts";
import { back, type FacadeFlow } from "./authorize.ts";
import type { Tickets } from "./tickets.ts";

/** Takes the authorization server's answer from the browser, and sends it on to the client. */
export async function finish(answer: URLSearchParams, flows: Flows<FacadeFlow>, tickets: Tickets): Promise<Reply> {
  const flow = flows.take(answer.get("state"));
  if (flow === undefined) {
    const why = html`<p>It was not begun here, has been finished, or took longer than ten minutes. Begin again.</p>`;
    return page(400, "This login is not known", why);
  }
  const { metadata } = flow.server;
  const { validateAuthorizationResponseIssuer } = await import("../sdk.ts");
  try {
    validateAuthorizationResponseIssuer({
      iss: answer.get("iss") ?? undefined,
      expectedIssuer: metadata?.issuer,
      issParameterSupported: metadata?.authorization_response_iss_parameter_supported === true,
    });
  } catch {
    // Not even its error is to be believed.
    return back(flow, { error: "server_error", error_description: "mcpguard: another authorization server answered" });
  }
  const code = answer.get("code");
  const { clientId: client, uri, callback } = flow;
  if (code !== null) return back(flow, { code: tickets.code({ code, client, uri, callback }) });
  const description = answer.get("error_description");
  return back(flow, {
    error: answer.get("error") ?? "server_error",
    ...(description === null ? {} : { error_description: description }),
  });
}
