// What every driver asks of a collection, its documents and the questions to it, before it does anything.
import { CarelakeError } from '../errors.js';
import type { Body, CollectionDefinition, Listing } from './documents.js';

/** A value that an indexed field is compared with. */
export type Plain = string | number | boolean | null;

/** The collections of MongoDB that hold something else. */
const taken = ['patients', 'visits', 'prescriptions', 'entries', 'logs', 'predictions'];

/** Names stand in SQL. @throws TypeError */
export function checkDefinition<Of extends Body>({ name, indexed }: CollectionDefinition<Of>): void {
  if (!/^[a-z][a-z0-9_]{0,49}$/.test(name) || taken.includes(name))
    throw new TypeError(`${name} is no name of a collection.`);
  const wrong = indexed.find((field) => !/^[A-Za-z][A-Za-z0-9_]{0,49}$/.test(field));
  if (wrong !== undefined) throw new TypeError(`${wrong} is no name of an indexed field of ${name}.`);
}

/** 4 MiB: a document of MongoDB has at most 16. */
const mostBytes = 4 * 2 ** 20;

/** The document as JSON. @throws DOCUMENT_TOO_LARGE */
export function jsonOf(collection: string, key: string, body: Body): string {
  const json = JSON.stringify(body);
  const bytes = Buffer.byteLength(json);
  if (bytes <= mostBytes) return json;
  const said = `${collection} ${JSON.stringify(key.slice(0, 200))} has ${bytes} bytes of JSON; it may have ${mostBytes}.`;
  throw new CarelakeError('DOCUMENT_TOO_LARGE', said);
}

/** What the fields of a question are to be, in their order. @throws RECORDS_QUERY */
export function readWhere<Of extends Body>(
  { name, indexed }: CollectionDefinition<Of>,
  where: Partial<Of> = {},
): [field: string, value: Plain][] {
  return Object.entries(where).map(([field, value = null]) => {
    if (!indexed.includes(field)) throw refused(`${field} of ${name} is not indexed.`);
    if (value !== null && !['string', 'number', 'boolean'].includes(typeof value)) {
      throw refused(`${field} of ${name} cannot be compared with a ${typeof value}.`);
    }
    return [field, value as Plain];
  });
}

/** @throws RECORDS_QUERY */
export function checkLimit<Of extends Body>({ limit }: Listing<Of>): void {
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000) {
    throw refused(`The limit is ${limit}; it must be a whole number from 1 to 1,000.`);
  }
}

const refused = (said: string) => new CarelakeError('RECORDS_QUERY', said);
