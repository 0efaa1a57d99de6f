import { readFileSync } from "node:fs";
import { join } from "node:path";
import { errorCode } from "../core/errors.ts";
import { isObject } from "../core/json.ts";
import type { Definition } from "../core/memory.ts";
import { placeIn } from "./home.ts";
import { openJsonFile } from "./json-file.ts";
import { withLock } from "./lock.ts";

type PinFile = { v: 1; pins: { [kindAndName: string]: string } };

/**
 * The pinned canonical forms of a server, by `kind:name`. A damaged file is set aside and reported as a GuardError
 * `STATE_CORRUPT`, never taken for a first sight in silence; the next call then finds no pins.
 */
export function readPins(home: string, key: string): Map<string, string> {
  return new Map(Object.entries(openPins(home, key).data.pins));
}

/** As `readPins`, for a mere look: a damaged file is left for the guard to find, and read as undefined. */
export function peekPins(home: string, key: string): Map<string, string> | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(pinPath(home, key), "utf8"));
    return isPinFile(value) ? new Map(Object.entries(value.pins)) : undefined;
  } catch (error) {
    return errorCode(error) === "ENOENT" ? new Map() : undefined;
  }
}

/** Pins what is not pinned yet and returns what is pinned now; an existing pin stays as it is. */
export function addPins(home: string, key: string, definitions: readonly Definition[]): Map<string, string> {
  const known = readPins(home, key);
  if (definitions.every((definition) => known.has(pinName(definition)))) return known;
  return changePins(home, key, (pins) => {
    for (const definition of definitions) {
      const name = pinName(definition);
      if (!pins.has(name)) pins.set(name, definition.form);
    }
  });
}

/** Makes an approved form the pinned one. */
export function replacePin(home: string, key: string, definition: Definition): void {
  changePins(home, key, (pins) => pins.set(pinName(definition), definition.form));
}

function changePins(home: string, key: string, change: (pins: Map<string, string>) => void): Map<string, string> {
  return withLock(`${pinPath(home, key)}.lock`, () => {
    const file = openPins(home, key);
    const pins = new Map(Object.entries(file.data.pins));
    change(pins);
    file.data.pins = Object.fromEntries(pins);
    file.write();
    return pins;
  });
}

function openPins(home: string, key: string) {
  const empty: PinFile = { v: 1, pins: {} };
  return openJsonFile(pinPath(home, key), empty, isPinFile);
}

function isPinFile(value: unknown): value is PinFile {
  return (
    isObject(value) && isObject(value["pins"]) && Object.values(value["pins"]).every((form) => typeof form === "string")
  );
}

function pinPath(home: string, key: string): string {
  return join(placeIn(home, "pins"), `${key}.json`);
}

function pinName(definition: Definition): string {
  return `${definition.kind}:${definition.name}`;
}
