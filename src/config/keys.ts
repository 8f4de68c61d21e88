// Keys, of the records and of the audit log: what is one, and how it is read from its file.
import { readFileSync } from 'node:fs';
import { CarelakeError } from '../errors.js';

const form = 'a text of at least 32 characters';

/** Undefined where the text is too short for a key. */
export const keyOf = (text: string): string | undefined => (text.length >= 32 ? text : undefined);

/** One key or several with blanks between; undefined where one of them is too short. */
export function keysOf(text: string): readonly string[] | undefined {
  const keys = text.trim().split(/\s+/);
  return keys.every((key) => keyOf(key) !== undefined) ? keys : undefined;
}

/** @throws CONFIG_INVALID where the file cannot be read or holds no key */
export const keyIn = (setting: string, file: string): string => readIn(setting, file, keyOf, form);

/** @throws CONFIG_INVALID where the file cannot be read or holds no key */
export const keysIn = (setting: string, file: string): readonly string[] =>
  readIn(setting, file, keysOf, `${form}, or several with blanks between`);

function readIn<Value>(setting: string, file: string, read: (text: string) => Value | undefined, form: string): Value {
  const value = read(textOf(setting, file).trim());
  if (value !== undefined) return value;
  throw new CarelakeError('CONFIG_INVALID', `The key in ${file} must be ${form}.`);
}

function textOf(setting: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new CarelakeError('CONFIG_INVALID', `${setting} cannot be read: ${String(cause)}`, { cause });
  }
}
