/** How many of these times, which are in order, lie after `since`. A busy minute has many: they are not looked at one by one. */
export function countSince(times: readonly number[], since: number): number {
  let [from, to] = [0, times.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((times[middle] ?? 0) > since) to = middle;
    else from = middle + 1;
  }
  return times.length - from;
}
