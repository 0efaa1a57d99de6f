import { vscodeBuild } from "./vscode-family.ts";

export const vscode = vscodeBuild({
  id: "vscode",
  title: "VS Code",
  docs: "https://code.visualstudio.com/docs/copilot/customization/mcp-servers",
  folder: "Code",
  serverFolder: ".vscode-server",
});
