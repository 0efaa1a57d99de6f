import { vscodeBuild } from "./vscode-family.ts";

export const vscodeInsiders = vscodeBuild({
  id: "vscode-insiders",
  title: "VS Code Insiders",
  docs: "https://code.visualstudio.com/docs/copilot/customization/mcp-servers",
  folder: "Code - Insiders",
  serverFolder: ".vscode-server-insiders",
});
