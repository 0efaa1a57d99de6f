/** Who a client says it is at the token endpoint, and how. RFC 6749, 2.3.1 */
export type Credentials = { id: string | undefined; secret: string | undefined; isBasic: boolean };

export function credentialsOf(form: URLSearchParams, authorization: string | undefined): Credentials {
  const [, basic] = /^Basic +([\w+/=-]+) *$/i.exec(authorization ?? "") ?? [];
  if (basic === undefined) {
    return { id: form.get("client_id") ?? undefined, secret: form.get("client_secret") ?? undefined, isBasic: false };
  }
  const pair = Buffer.from(basic, "base64").toString("utf8");
  const colon = pair.indexOf(":");
  if (colon === -1) return { id: undefined, secret: undefined, isBasic: true };
  return { id: pair.slice(0, colon), secret: pair.slice(colon + 1), isBasic: true };
}
