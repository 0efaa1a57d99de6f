import type { Transform } from "node:stream";
import { promisify } from "node:util";
import zlib from "node:zlib";

type Coding = {
  wholly(bytes: Buffer, options: zlib.ZlibOptions): Promise<Buffer>;
  bitByBit(): Transform;
};

const { Z_SYNC_FLUSH, BROTLI_OPERATION_FLUSH } = zlib.constants;

/** Node decodes it since 22.15 and 23.8. */
type Zstd = { zstdDecompress: typeof zlib.gunzip; createZstdDecompress(): Transform };

function hasZstd(library: object): library is Zstd {
  return "createZstdDecompress" in library;
}

const gzip: Coding = {
  wholly: promisify(zlib.gunzip),
  bitByBit: () => zlib.createGunzip({ flush: Z_SYNC_FLUSH }),
};

const known = new Map<string, Coding>([
  ["gzip", gzip],
  ["deflate", { wholly: promisify(zlib.inflate), bitByBit: () => zlib.createInflate({ flush: Z_SYNC_FLUSH }) }],
  [
    "br",
    {
      wholly: promisify(zlib.brotliDecompress),
      bitByBit: () => zlib.createBrotliDecompress({ flush: BROTLI_OPERATION_FLUSH }),
    },
  ],
]);
if (hasZstd(zlib)) {
  const { zstdDecompress, createZstdDecompress } = zlib;
  known.set("zstd", { wholly: promisify(zstdDecompress), bitByBit: () => createZstdDecompress() });
}

/** What the proxy can look into; the upstream is offered nothing else. */
export const codings = [...known.keys()];

export class CodingError extends Error {}

/** True where nothing is to be decoded. */
export function isPlain(coding: string | undefined): boolean {
  return /^\s*(?:identity)?\s*$/i.test(coding ?? "");
}

/** True for bodies that the proxy can look into. */
export function canDecode(coding: string | undefined): boolean {
  return isPlain(coding) || find(coding) !== undefined;
}

/** A whole body decoded, at most `limit` bytes of it. Throws CodingError for unknown codings, broken bodies and bombs. */
export async function decoded(bytes: Buffer, coding: string | undefined, limit: number): Promise<Buffer> {
  if (isPlain(coding) || bytes.length === 0) return bytes;
  const found = find(coding);
  if (found === undefined) throw new CodingError(`content coding ${coding} is not known`);
  try {
    return await found.wholly(bytes, { maxOutputLength: limit });
  } catch (error) {
    throw new CodingError(`the ${coding} body cannot be decoded within ${limit} bytes`, { cause: error });
  }
}

/** A decoder for a body that comes bit by bit; undefined where there is nothing to decode, or it cannot be. */
export function decoderOf(coding: string | undefined): Transform | undefined {
  return find(coding)?.bitByBit();
}

function find(coding = ""): Coding | undefined {
  return known.get(coding.trim().toLowerCase().replace(/^x-/, ""));
}
