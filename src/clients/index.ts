import type { Client } from "../core/client.ts";
import { claudeCode } from "./claude-code.ts";
import { claudeDesktop } from "./claude-desktop.ts";
import { codex } from "./codex.ts";
import { cursor } from "./cursor.ts";
import { geminiCli } from "./gemini-cli.ts";
import { opencode } from "./opencode.ts";
import { vscodeInsiders } from "./vscode-insiders.ts";
import { vscode } from "./vscode.ts";
import { vscodium } from "./vscodium.ts";

/** Every client mcpguard knows, sorted by id. A file that several of them read belongs to the first. */
export const clients: readonly Client[] = [
  claudeCode,
  claudeDesktop,
  codex,
  cursor,
  geminiCli,
  opencode,
  vscode,
  vscodeInsiders,
  vscodium,
];
