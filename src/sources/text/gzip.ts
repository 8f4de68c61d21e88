// A gzip file as the text in it.
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { CarelakeError } from '../../errors.js';
import { CHUNK_BYTES } from './chunk.js';
import { watched } from './inflation.js';

/** `bytes` is the gzip file, `stored` its size. The stream fails with GZIP_TRUNCATED, ARCHIVE_DAMAGED or ARCHIVE_BOMB. */
export function openGzip(file: string, bytes: Readable, stored: number): Readable {
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
  pipeline(bytes, gunzip, () => {
    // Whoever reads `gunzip` meets the failure there; pipeline only closes what it comes from.
  });
  return watched(file, gunzip, stored, (cause) => unzipFault(file, cause));
}

export function unzipFault(file: string, cause: unknown): CarelakeError {
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === 'Z_BUF_ERROR')
    return new CarelakeError('GZIP_TRUNCATED', `${file} ends before its text does`, { cause });
  return new CarelakeError('ARCHIVE_DAMAGED', `${file} cannot be inflated: ${message}`, { cause });
}
