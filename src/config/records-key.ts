// The key of the records: what is one, and how it is read from its file.
import { readFileSync } from 'node:fs';
import { CarelakeError } from '../errors.js';

/** Undefined where the text is too short for a key. */
export const recordsKeyOf = (text: string): string | undefined => (text.length >= 32 ? text : undefined);

/** @throws CONFIG_INVALID where the file cannot be read or holds no key */
export function recordsKeyIn(file: string): string {
  const key = recordsKeyOf(textOf(file).trim());
  if (key !== undefined) return key;
  throw new CarelakeError('CONFIG_INVALID', `The key in ${file} must be a text of at least 32 characters.`);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new CarelakeError('CONFIG_INVALID', `CARELAKE_RECORDS_KEY_FILE cannot be read: ${String(cause)}`, { cause });
  }
}
