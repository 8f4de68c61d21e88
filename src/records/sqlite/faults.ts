// What SQLite says, as coded errors that name the file.
import { CarelakeError, type ErrorCode } from '../../errors.js';

/** By the beginning of SQLite's code. */
const codes: readonly (readonly [string, ErrorCode])[] = [
  ['SQLITE_NOTADB', 'RECORDS_KEY'],
  ['SQLITE_FULL', 'RECORDS_FULL'],
];

export const isBusy = (error: unknown): boolean => /^SQLITE_(BUSY|LOCKED)/.test(codeOf(error));

export function recordsFault(file: string, cause: unknown): CarelakeError {
  if (cause instanceof CarelakeError) return cause;
  const code = codes.find(([begin]) => codeOf(cause).startsWith(begin))?.[1] ?? 'RECORDS_FAILED';
  return new CarelakeError(code, `sqlite records: ${file}: ${(cause as Error).message}`, { cause });
}

export const busy = (file: string, cause: unknown): CarelakeError =>
  new CarelakeError('RECORDS_BUSY', `sqlite records: ${file} has been locked for ten seconds.`, { cause });

function codeOf(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : '';
}
