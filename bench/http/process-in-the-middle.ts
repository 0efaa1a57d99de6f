import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";

export type Middle = {
  /** Where it listens. */
  url: string;
  /** Resident memory, in MiB. */
  memory(): number;
  /** Processor time so far, in milliseconds (in ticks of 10). */
  processorTime(): number;
  stop(): Promise<void>;
};

const listening = /listening[^]*?(http:\/\/[\d.:]+)/;

/** Starts a node script that says where it listens. */
export async function startMiddle(args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<Middle> {
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"], env });
  const url = await addressOf(child);
  return {
    url,
    memory: () => {
      const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
    },
    processorTime: () => {
      const fields = readFileSync(`/proc/${child.pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
      return (Number(fields[11]) + Number(fields[12])) * 10;
    },
    stop: async () => {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    },
  };
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    for (const output of [child.stdout, child.stderr]) {
      output?.setEncoding("utf8").on("data", (text: string) => {
        said += text;
        const url = listening.exec(said)?.[1];
        if (url !== undefined) resolve(url);
      });
    }
    child.once("exit", () => reject(new Error(`did not listen: ${said}`)));
  });
}
