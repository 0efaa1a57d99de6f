export const base = "/_mcpguard/";

/** The path of a page of the dashboard, with the parameters that are given. */
export function href(page: string, parameters: Readonly<Record<string, string | undefined>> = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters))
    if (value !== undefined && value !== "") query.set(name, value);
  const text = query.toString();
  return base + page + (text === "" ? "" : `?${text}`);
}
