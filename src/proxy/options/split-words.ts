const word = /(?:[^\s"'\\]|"(?:[^"\\]|\\[^])*"|'[^']*'|\\[^])+/y;
const part = /"((?:[^"\\]|\\[^])*)"|'([^']*)'|\\(["'\\\s])|([^])/g;

/**
 * The words of a command line written as one text: white space separates, quotes keep together, a backslash before
 * a quote, a backslash or white space takes it literally. Undefined where a quote has no end.
 */
export function splitWords(line: string): string[] | undefined {
  const words: string[] = [];
  let at = line.length - line.trimStart().length;
  const end = line.trimEnd().length;
  while (at < end) {
    word.lastIndex = at;
    const [found] = word.exec(line) ?? [];
    if (found === undefined) return undefined;
    words.push(found.replace(part, plain));
    at += found.length;
    while (at < end && /\s/.test(line[at] ?? "")) at += 1;
  }
  return words;
}

function plain(whole: string, double?: string, single?: string, escaped?: string): string {
  if (double !== undefined) return double.replace(/\\(["\\])/g, "$1");
  return single ?? escaped ?? whole;
}
