/**
 * True where a path lies on a file system that starts no programs. `mounts` is the text of /proc/self/mounts
 * (Linux), empty where there is none.
 */
export function isNoexec(mounts: string, path: string): boolean {
  let deepest = "";
  let noexec = false;
  for (const line of mounts.split("\n")) {
    const [, at = "", , options = ""] = line.split(" ");
    const point = at.replaceAll(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
    const holds = point === "/" || path === point || path.startsWith(`${point}/`);
    if (point === "" || !holds || point.length < deepest.length) continue;
    deepest = point;
    noexec = options.split(",").includes("noexec");
  }
  return noexec;
}
