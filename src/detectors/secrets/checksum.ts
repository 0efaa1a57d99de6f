const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const LENGTH = 6;

/**
 * Whether the last six characters are the CRC-32 of those before them, in base 62, as in tokens of
 * GitHub and npm: https://github.blog/engineering/behind-githubs-new-authentication-token-formats/
 */
export function hasChecksum(random: string): boolean {
  const body = random.slice(0, -LENGTH);
  return random.slice(-LENGTH) === base62(crc32(body)).padStart(LENGTH, "0");
}

function base62(value: number): string {
  let digits = "";
  for (let rest = value; rest > 0; rest = Math.floor(rest / 62)) digits = ALPHABET.charAt(rest % 62) + digits;
  return digits;
}

function crc32(ascii: string): number {
  let crc = 0xffffffff;
  for (let at = 0; at < ascii.length; at++) {
    crc ^= ascii.charCodeAt(at);
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
