const charset = /charset\s*=\s*"?([^";,\s]*)/gi;
/** Those in which ASCII is ASCII: what else they hold reads the same to the guard. */
const familiar = /^(?:utf-?8|(?:us-)?ascii|iso-8859-\d{1,2}|latin-?1|windows-125\d)?$/i;

const LONGEST = 200;

/**
 * Whether a content type leaves no doubt about the text: some clients decode as it says (httpx does), and some show
 * a type that they did not expect, so no words may stand in it.
 */
export function isReadableType(type: string): boolean {
  if (type.length > LONGEST) return false;
  const signs = type.trim().replace(/\s*[;,=]\s*/g, ";");
  if (!/^[\w.+*/;:"-]*$/.test(signs)) return false;
  return [...type.matchAll(charset)].every(([, name = ""]) => familiar.test(name));
}
