import { GuardError } from "../core/errors.ts";

const units = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/**
 * The moment that a person means by an option, in milliseconds since 1970: an ISO date or time (UTC where it names no zone), or how
 * long before `now`: `30s`, `15m`, `2h`, `7d`, `1w`. A date alone means its first, or with `isEnd` its last, moment.
 */
export function parseMoment(option: string, text: string, now: number, isEnd = false): number {
  const [, count, unit] = /^(\d+)([smhdw])$/.exec(text) ?? [];
  if (unit !== undefined && isUnit(unit)) return now - Number(count) * units[unit];
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    const start = Date.parse(text);
    if (!Number.isNaN(start)) return isEnd ? start + units.d - 1 : start;
  }
  const hasZone = /(?:Z|[+-]\d{2}:?\d{2})$/i.test(text);
  const moment = /^\d{4}-\d{2}-\d{2}[T ]\d/.test(text) ? Date.parse(hasZone ? text : `${text}Z`) : Number.NaN;
  if (!Number.isNaN(moment)) return moment;
  throw new GuardError(
    "USAGE",
    `${option} ${text} is no time`,
    "Give a time such as 2026-11-22, 2026-11-22T10:00:00Z, or 2h for two hours ago.",
  );
}

function isUnit(text: string): text is keyof typeof units {
  return Object.hasOwn(units, text);
}
