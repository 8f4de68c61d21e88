// Where the records are: in a file of SQLite, or in MongoDB at the address of MONGO_URI.
import { join, resolve } from 'node:path';
import { CarelakeError } from '../errors.js';
import type { WellKnown } from './setting.js';

export type RecordsPlace =
  /** The path is absolute. */
  | { readonly driver: 'sqlite'; readonly file: string }
  /** The address may hold a password. */
  | { readonly driver: 'mongodb'; readonly uri: string; readonly database: string };

export const sqliteIn = (data: string): RecordsPlace => ({ driver: 'sqlite', file: join(data, 'records.sqlite') });

/** Undefined where the text names none. @throws CONFIG_INVALID where MongoDB is asked for without an address of one */
export function recordsPlaceOf(text: string, folder: string, data: string, named: WellKnown): RecordsPlace | undefined {
  const [, path] = /^sqlite:(.+)$/.exec(text) ?? [];
  if (path !== undefined) return { driver: 'sqlite', file: resolve(folder, path) };
  if (text === 'sqlite') return sqliteIn(data);
  return text === 'mongodb' ? mongoIn(named) : undefined;
}

function mongoIn(named: WellKnown): RecordsPlace {
  const uri = named('MONGO_URI')?.trim() ?? '';
  const parts = /^mongodb(?:[+]srv)?:[/][/][^/?\s]+(?:[/]([^/?\s]*))?(?:[?]\S*)?$/.exec(uri);
  if (!parts)
    throw invalid('MONGO_URI', 'mongodb://host:27017 or mongodb+srv://host, as CARELAKE_RECORDS=mongodb uses it');
  const database = named('MONGO_DB')?.trim() ?? (parts[1] || 'carelake');
  if (/^[^\s/\\."$*<>:|?\0]{1,63}$/.test(database)) return { driver: 'mongodb', uri, database };
  throw invalid('MONGO_DB', 'the name of a database: 1 to 63 characters without blanks and /\\."$*<>:|?', database);
}

/** The address is not repeated, since it may hold a password. */
function invalid(field: string, form: string, value = '…'): CarelakeError {
  const message = `It must be ${form}.`;
  return new CarelakeError('CONFIG_INVALID', `${field}: ${message}`, { faults: [{ field, value, message }] });
}
