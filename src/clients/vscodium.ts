import { vscodeBuild } from "./vscode-family.ts";

export const vscodium = vscodeBuild({
  id: "vscodium",
  title: "VSCodium",
  docs: "https://vscodium.com",
  folder: "VSCodium",
  serverFolder: ".vscodium-server",
});
