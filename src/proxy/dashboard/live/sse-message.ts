/** A text as one message of an event stream: no line of it can begin a field of its own. */
export function sseMessage(text: string): string {
  return `${text
    .split(/\r\n|\r|\n/)
    .map((line) => `data: ${line}\n`)
    .join("")}\n`;
}
