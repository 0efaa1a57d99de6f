/** Terminals refuse longer ones; the limit is xterm's. */
const LONGEST = 74_994;

/** The sequence that asks the terminal to put a text on the clipboard (OSC 52); undefined where it is too long. */
export function clipboardSequence(text: string): string | undefined {
  const encoded = Buffer.from(text).toString("base64");
  return encoded.length > LONGEST ? undefined : `\u001B]52;c;${encoded}\u0007`;
}
