const LONGEST = 100;

/**
 * A piece of text fit for a log: one line, at most 100 characters, nothing invisible, and no
 * long run of letters and digits that could be a secret.
 */
export function masked(text: string): string {
  const plain = text
    .slice(0, 4 * LONGEST)
    .replace(/[^\p{L}\p{N}\p{P}\p{S}]+/gu, " ")
    .replace(/[A-Za-z0-9+/_=-]{16,}/g, (run) => (/\d/.test(run) ? `${run.slice(0, 4)}…` : run))
    .trim();
  const characters = [...plain];
  return characters.length <= LONGEST ? plain : `${characters.slice(0, LONGEST - 1).join("")}…`;
}

/** A secret as evidence: the first characters, which only name its kind, and how long it is. */
export function maskedSecret(secret: string): string {
  return `${secret.slice(0, 4)}… (${secret.length} characters)`;
}
