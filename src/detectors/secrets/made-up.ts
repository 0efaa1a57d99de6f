const tellingWords =
  /example|sample|placeholder|redacted|dummy|changeme|change_me|replace|insert|your[-_]|[-_]your|yourtoken|yourkey|y{6}|qwerty|asdfgh|deadbeef|notreal|not[-_]a[-_]real|\.{3}|…|(.)\1{7}/i;

/** Steps like "abcdef" or "a1b2c3d4": this many in a row are no accident. */
const STEPS = { next: 5, alternate: 8 };

/** Whether a token is one of those that documentation and tests show. */
export function isMadeUp(token: string): boolean {
  return tellingWords.test(token) || new Set(token).size < Math.min(10, token.length / 3) || isCounted(token);
}

/** Whether the characters count up, one by one or every second one. */
function isCounted(token: string): boolean {
  let next = 0;
  let alternate = 0;
  for (let at = 1; at < token.length; at++) {
    next = token.charCodeAt(at) - token.charCodeAt(at - 1) === 1 ? next + 1 : 0;
    alternate = token.charCodeAt(at) - token.charCodeAt(at - 2) === 1 ? alternate + 1 : 0;
    if (next >= STEPS.next || alternate >= STEPS.alternate) return true;
  }
  return false;
}
