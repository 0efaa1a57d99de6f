import type { AuthorizationServer } from "../discover.ts";
import type { FacadeContext } from "./facade-context.ts";

/** The path of the upstream that a client calls `resource`; undefined where that is nothing of this route. */
export function pathOfResource(
  resource: string,
  origin: string,
  { mount, addresses }: Pick<FacadeContext, "mount" | "addresses">,
): string | undefined {
  if (!URL.canParse(resource)) return undefined;
  const { origin: given, pathname } = new URL(resource);
  const isBelow = pathname === mount || pathname.startsWith(`${mount}/`);
  if (given !== origin || !isBelow) return undefined;
  const [path = ""] = addresses.toUpstream(pathname.slice(mount.length)).split("?", 1);
  return path;
}

/** Whether every resource that a client asks for is one of the route. */
export function areOwn(resources: readonly string[], origin: string, context: FacadeContext): boolean {
  return resources.every((resource) => pathOfResource(resource, origin, context) !== undefined);
}

/** The upstream's own name of the resource in place of the client's, character for character. */
export function setResource(parameters: URLSearchParams, { resourceMetadata }: AuthorizationServer): void {
  parameters.delete("resource");
  if (resourceMetadata !== undefined) parameters.set("resource", resourceMetadata.resource);
}
