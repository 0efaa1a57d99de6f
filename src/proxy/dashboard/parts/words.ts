import { harmless } from "../../../text/harmless.ts";

const minute = 60_000;

/** `3 d 4 h`, `2 h 14 min`, `5 min`, `12 s`. */
export function duration(ms: number): string {
  const minutes = Math.floor(ms / minute);
  if (minutes < 1) return `${Math.max(0, Math.floor(ms / 1000))} s`;
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** With separators, so that large numbers can be read. */
export function count(number: number): string {
  return number.toLocaleString("en");
}

export function milliseconds(ms: number): string {
  return `${ms < 10 ? ms.toFixed(2) : Math.round(ms)} ms`;
}

/** `1 server`, `2 servers`. */
export function plural(number: number, noun: string): string {
  return `${count(number)} ${noun}${number === 1 ? "" : "s"}`;
}

/** The first characters of a text on one line. */
export function short(text: string, length: number): string {
  const line = harmless(text.slice(0, 4 * length));
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
}

/** `HH:MM` on this machine's clock. */
export function clock(at: number): string {
  return new Date(at).toTimeString().slice(0, 5);
}

/** `HH:MM:SS` on this machine's clock, after the date where it was not today. */
export function moment(at: number): string {
  const time = new Date(at);
  const day = time.toLocaleDateString("sv");
  const isToday = day === new Date().toLocaleDateString("sv");
  return `${isToday ? "" : `${day} `}${time.toTimeString().slice(0, 8)}`;
}
