/** A table; cells may hold Markdown, `|` and line breaks are made harmless. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [row(head), `|${"---|".repeat(head.length)}`, ...rows.map(row)].join("\n");
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
}

export function code(text: string): string {
  return `\`${text}\``;
}

/** A fenced block, with a fence longer than any in the text. */
export function block(language: string, text: string): string {
  const fence = "`".repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return `${fence}${language}\n${text.replace(/\n$/, "")}\n${fence}`;
}

/**
 * JSON in which every character outside ASCII is escaped, since examples hold invisible ones, and so is the first of
 * whatever looks like a key: no scanner of these pages is to be alarmed.
 */
export function visibleJson(value: unknown): string {
  const visible = JSON.stringify(value, undefined, 2).replace(/[^\t\n\u0020-\u007E]/g, escaped);
  return visible.replace(/(?<![\w\\])[A-Za-z](?=[A-Za-z]{0,16}\d)(?=\w{15})/g, escaped);
}

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** The parts of a page, said to be made by `npm run docs`. */
export function page(...parts: readonly string[]): string {
  return [...parts, "<!-- Made from the code by `npm run docs`; edit the code instead. -->"].join("\n\n") + "\n";
}
