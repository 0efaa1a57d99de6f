import { createTwoFilesPatch, FILE_HEADERS_ONLY } from "diff";
import type { Edit } from "../../core/client.ts";

/** A unified diff of one edit, as `patch` takes it. */
export function fileDiff(path: string, { before, after }: Edit): string {
  return createTwoFilesPatch(path, path, before, after, undefined, undefined, {
    context: 2,
    headerOptions: FILE_HEADERS_ONLY,
  });
}
