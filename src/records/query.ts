// A question for rows, checked against the catalog, with its order and the place in it where a page ended.
import { tableNamed } from '../catalog/catalog.js';
import type { Field } from '../catalog/field.js';
import { CarelakeError, type Fault } from '../errors.js';
import type { RecordTable } from './entry.js';
import type { Condition, Row, RowQuery } from './rows.js';

export interface Order {
  readonly field: string;
  readonly descending: boolean;
}

/** The last row of a page: its value of each field of the order, null where it has none, and its key. */
interface Place {
  readonly values: readonly (string | number | null)[];
  readonly key: string;
}

export interface ReadQuery {
  /** With what the catalog says of the field. */
  readonly where: readonly (Condition & { readonly isList: boolean })[];
  readonly order: readonly Order[];
  readonly limit: number;
  readonly place: Place | undefined;
  readonly deleted: boolean;
}

/** @throws RECORDS_QUERY naming all that is wrong */
export function readRowQuery(name: RecordTable, query: RowQuery): ReadQuery {
  const { where = [], sort = [], limit, after, deleted = false } = query;
  const { fields } = tableNamed(name);
  const faults: Fault[] = [];
  const fieldOf = (field: string): Field | undefined => {
    const found = fields.find((one) => one.name === field);
    if (!found) faults.push({ field: field.slice(0, 100), message: `${name} has no such field.` });
    return found;
  };
  const conditions = where.map((condition) => {
    const field = fieldOf(condition.field);
    const { in: any = [], from, to } = condition;
    const values = [...any, ...(from === undefined ? [] : [from]), ...(to === undefined ? [] : [to])];
    const wrong = values.find((value) => value !== null && typeof value !== typeOf(field));
    if (field && wrong !== undefined) {
      faults.push({ field: field.name, value: String(wrong), message: `It must be compared with a ${typeOf(field)}.` });
    }
    return { ...condition, isList: field?.type === 'list' };
  });
  const order = sort.map(({ field, descending = false }) => {
    if (fieldOf(field)?.type === 'list') faults.push({ field, message: 'Lists have no order.' });
    return { field, descending };
  });
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000) {
    faults.push({ field: 'limit', value: String(limit), message: 'It must be a whole number from 1 to 1,000.' });
  }
  const place = after === undefined ? undefined : placeOf(order, after);
  if (after !== undefined && !place) {
    faults.push({ field: 'after', value: after.slice(0, 100), message: 'It is no cursor of a page in this order.' });
  }
  if (faults.length > 0) {
    const said = faults.map(({ field, message }) => `${field}: ${message}`).join('\n');
    throw new CarelakeError('RECORDS_QUERY', said, { faults });
  }
  return { where: conditions, order, limit, place, deleted };
}

const typeOf = (field: Field | undefined): 'number' | 'string' =>
  field?.type === 'integer' || field?.type === 'decimal' ? 'number' : 'string';

/** The cursor after a row: opaque to whoever holds it. */
export function cursorAfter(order: readonly Order[], row: Row): string {
  const values = order.map(({ field }) => row.values[field] ?? null);
  return Buffer.from(JSON.stringify([signOf(order), values, row.key])).toString('base64url');
}

function placeOf(order: readonly Order[], cursor: string): Place | undefined {
  try {
    const [sign, values, key] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [unknown, unknown, unknown];
    const isWhole = sign === signOf(order) && Array.isArray(values) && values.length === order.length;
    const isPlain = (value: unknown) => value === null || typeof value === 'string' || typeof value === 'number';
    if (!isWhole || typeof key !== 'string' || !values.every(isPlain)) return undefined;
    return { values, key };
  } catch {
    return undefined;
  }
}

const signOf = (order: readonly Order[]): string =>
  order.map(({ field, descending }) => `${descending ? '-' : ''}${field}`).join(',');
