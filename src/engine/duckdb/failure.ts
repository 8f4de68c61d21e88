// DuckDB's errors as coded errors. Messages of a running statement may hold values of rows, so only their class is told.
import { CarelakeError } from '../../errors.js';

/** Raised while a statement is planned: they speak of names and types, not of rows. */
const planning = new Set(['Binder', 'Catalog', 'Parser']);

/**
 * ENGINE_CANCELLED, ENGINE_OUT_OF_MEMORY, LAKE_DISK_FULL, LAKE_DAMAGED or ENGINE_FAILED, with DuckDB's error as its cause.
 * A coded error is passed on as it is.
 */
export function engineFailure(step: string, error: unknown, signal?: AbortSignal): CarelakeError {
  if (error instanceof CarelakeError) return error;
  const text = error instanceof Error ? error.message : String(error);
  const kind = /^([A-Za-z ]+?) Error: /.exec(text)?.[1] ?? 'unknown';
  if (signal?.aborted && kind === 'INTERRUPT') {
    return new CarelakeError('ENGINE_CANCELLED', `Step ${step} was cancelled.`, { cause: error });
  }
  if (/No space left on device|Disk quota exceeded|max_temp_directory_size/.test(text)) {
    return new CarelakeError('LAKE_DISK_FULL', `Step ${step}: no space left while writing or spilling.`, {
      cause: error,
    });
  }
  if (kind === 'Out of Memory') {
    return new CarelakeError('ENGINE_OUT_OF_MEMORY', `Step ${step} needs more memory than it may use.`, {
      cause: error,
    });
  }
  const damaged = damagedFile(text);
  if (damaged !== undefined) {
    return new CarelakeError('LAKE_DAMAGED', `Step ${step}: ${damaged} cannot be read as Parquet.`, { cause: error });
  }
  const said = planning.has(kind) ? text.split('\n', 1)[0] : `${kind} Error`;
  return new CarelakeError('ENGINE_FAILED', `Step ${step}: ${said}`, { cause: error });
}

/** How DuckDB names a Parquet file that it cannot read: itself, or as the only file in its echo of the statement. */
const damagedFiles = [
  /^Invalid Input Error: (?:No magic bytes found at end of file|File|Failed to read file) ['"]([^'"\n]+)['"]/,
  /^Invalid Error: [^\n]*\n\nLINE 1: [^\n]*read_parquet\(\['([^'\n]+)'\]/,
];

function damagedFile(text: string): string | undefined {
  for (const pattern of damagedFiles) {
    const [, file] = pattern.exec(text) ?? [];
    if (file !== undefined) return file;
  }
  return undefined;
}
