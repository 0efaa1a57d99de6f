import type { Transform } from "node:stream";
import { promisify } from "node:util";
import zlib from "node:zlib";

/** What the proxy can look into; the upstream is offered nothing else. */
export const codings = ["gzip", "deflate", "br", ...(hasZstd() ? ["zstd"] : [])];

/** Node decodes it since 22.15 and 23.8. */
function hasZstd(): boolean {
  return "createZstdDecompress" in zlib;
}

const wholly: Readonly<Record<string, (bytes: Buffer, options: zlib.ZlibOptions) => Promise<Buffer>>> = {
  gzip: promisify(zlib.gunzip),
  "x-gzip": promisify(zlib.gunzip),
  deflate: promisify(zlib.inflate),
  br: promisify(zlib.brotliDecompress),
};

const streaming: Readonly<Record<string, () => Transform>> = {
  gzip: () => zlib.createGunzip({ flush: zlib.constants.Z_SYNC_FLUSH }),
  "x-gzip": () => zlib.createGunzip({ flush: zlib.constants.Z_SYNC_FLUSH }),
  deflate: () => zlib.createInflate({ flush: zlib.constants.Z_SYNC_FLUSH }),
  br: () => zlib.createBrotliDecompress({ flush: zlib.constants.BROTLI_OPERATION_FLUSH }),
};
if (hasZstd()) addZstd();

function addZstd(): void {
  const { zstdDecompress, createZstdDecompress } = zlib as unknown as {
    zstdDecompress: typeof zlib.gunzip;
    createZstdDecompress: () => Transform;
  };
  Object.assign(wholly, { zstd: promisify(zstdDecompress) });
  Object.assign(streaming, { zstd: () => createZstdDecompress() });
}

export class CodingError extends Error {}

/** True where nothing is to be decoded. */
export function isPlain(coding: string | undefined): boolean {
  return coding === undefined || coding.trim() === "" || coding.trim().toLowerCase() === "identity";
}

/** A whole body decoded, at most `limit` bytes of it. Throws CodingError for unknown codings, broken bodies and bombs. */
export async function decoded(bytes: Buffer, coding: string | undefined, limit: number): Promise<Buffer> {
  if (coding === undefined || isPlain(coding) || bytes.length === 0) return bytes;
  const decode = wholly[coding.trim().toLowerCase()];
  if (decode === undefined) throw new CodingError(`content coding ${coding} is not known`);
  try {
    return await decode(bytes, { maxOutputLength: limit });
  } catch (error) {
    throw new CodingError(`the ${coding} body cannot be decoded within ${limit} bytes`, { cause: error });
  }
}

/** True for bodies that can be read bit by bit. */
export function canDecode(coding: string | undefined): boolean {
  return coding === undefined || isPlain(coding) || Object.hasOwn(streaming, coding.trim().toLowerCase());
}

/** A decoder for a body that comes bit by bit; undefined for a coding that is not known. */
export function decoderOf(coding: string): Transform | undefined {
  return streaming[coding.trim().toLowerCase()]?.();
}
