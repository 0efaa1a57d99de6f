import { type FSWatcher, statSync, watch } from "node:fs";

/** Tells when to look at a folder again; the folder may be absent, or be made anew. */
export type FolderWatch = {
  /** Resolves when something has changed since the last call, and after `pollMs` at the latest. */
  changed(): Promise<void>;
  close(): void;
};

/** The system's watch answers at once; the poll is for folders that it does not see (network, limits, absent ones). */
export function watchFolder(folder: string, pollMs: number): FolderWatch {
  let watcher: FSWatcher | undefined;
  let watched: number | undefined;
  let isDirty = false;
  let wake: (() => void) | undefined;

  function notice(): void {
    isDirty = true;
    wake?.();
  }

  function stop(): void {
    watcher?.close();
    watcher = undefined;
    watched = undefined;
  }

  function start(): void {
    try {
      const inode = statSync(folder).ino;
      if (inode === watched) return;
      stop();
      watcher = watch(folder, notice).on("error", stop);
      watched = inode;
    } catch {
      stop();
    }
  }

  async function changed(): Promise<void> {
    start();
    if (!isDirty) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(notice, pollMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    isDirty = false;
  }

  function close(): void {
    stop();
    notice();
  }

  start();
  return { changed, close };
}
