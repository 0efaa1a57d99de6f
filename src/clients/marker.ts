import type { Marker } from "../core/client.ts";

/**
 * Reads mcpguard's words at the start of a command line: a launcher called `mcpguard` (or node and our own
 * script), then `wrap … --server NAME … --` or `--url`. Undefined for any other command line.
 */
export function readMarker(argv: readonly string[]): Marker | undefined {
  const start = wordsOfLauncher(argv);
  if (start === 0 || argv[start] !== "wrap") return undefined;
  const found = { client: "unknown", server: undefined as string | undefined };
  for (let at = start + 1; at < argv.length; at += 1) {
    const [option = "", inline] = splitOption(argv[at] ?? "");
    if (option === "--" || option === "--url") return finish(found, at + 1, option === "--url", argv.length);
    const value = inline ?? argv[at + 1];
    if (option === "--server") found.server = value;
    if (option === "--client" && value !== undefined) found.client = value;
    if (inline === undefined && ["--server", "--client", "--transport"].includes(option)) at += 1;
  }
  return undefined;
}

/** How many words of a local server's command line are mcpguard's own, where it was wrapped twice those of both layers. */
export function wrapLength(argv: readonly string[]): number {
  let length = 0;
  for (let marker = readMarker(argv); marker && !marker.remote; marker = readMarker(argv.slice(length))) {
    length += marker.length;
  }
  return length;
}

/** The words that stand before the original command. */
export function wrapWords(launcher: readonly string[], client: string, server: string): readonly string[] {
  return [...launcher, "wrap", "--client", client, "--server", server, "--"];
}

function finish(
  found: { client: string; server: string | undefined },
  length: number,
  remote: boolean,
  words: number,
): Marker | undefined {
  if (found.server === undefined || length >= words) return undefined;
  return { client: found.client, server: found.server, length, remote };
}

function splitOption(word: string): readonly string[] {
  const match = /^(--[a-z]+)=([^]*)$/.exec(word);
  return match === null ? [word] : match.slice(1);
}

function wordsOfLauncher(argv: readonly string[]): number {
  const [first, second] = argv.slice(0, 2).map((word) => word.split(/[\\/]/).at(-1)?.toLowerCase());
  if (/^mcpguard(\.exe)?$/.test(first ?? "")) return 1;
  return /^node(\.exe)?$/.test(first ?? "") && /^mcpguard\.[cm]?js$/.test(second ?? "") ? 2 : 0;
}
