// Values of a column as a stranger writes them: which texts are one, and how SQL compares with them.
import type { DerivedColumn, Field } from '../../catalog/field.js';

export type Column = Field | DerivedColumn;

/** A value as a parameter of a statement, and the SQL type that it is cast to. */
export interface Read {
  readonly text: string;
  readonly type: 'string' | 'bigint' | 'double' | 'date' | 'timestamp' | 'boolean';
}

const day = /^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$/;
const time = /^([0-9-]{10})[ T](?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:[.][0-9]{1,6})?)?$/;

/** What a value of the column looks like, to complete "It must be …". */
export function formOf(column: Column): string {
  const allowed = allowedOf(column);
  if (allowed) return `one of ${allowed.join(', ')}`;
  switch (column.type) {
    case 'integer':
      return 'a whole number';
    case 'decimal':
      return 'a number';
    case 'date':
      return 'a date such as 2025-01-31';
    case 'timestamp':
      return 'a date or a time such as 2025-01-31 or 2025-01-31 13:45:00';
    case 'boolean':
      return 'true or false';
    default:
      return 'a text without NUL characters';
  }
}

/** Undefined where the text is no value of the column. */
export function readValue(column: Column, text: string): Read | undefined {
  const allowed = allowedOf(column);
  if (allowed && !allowed.includes(text)) return undefined;
  switch (column.type) {
    case 'integer':
      return /^-?[0-9]{1,18}$/.test(text) ? { text, type: 'bigint' } : undefined;
    case 'decimal':
      return isNumber(text) ? { text, type: 'double' } : undefined;
    case 'date':
      return isDay(text) ? { text, type: 'date' } : undefined;
    case 'timestamp':
      if (isDay(text)) return { text, type: 'date' };
      return isDay(time.exec(text)?.[1] ?? '') ? { text: text.replace('T', ' '), type: 'timestamp' } : undefined;
    case 'boolean':
      return text === 'true' || text === 'false' ? { text, type: 'boolean' } : undefined;
    default:
      return text.includes('\0') ? undefined : { text, type: 'string' };
  }
}

/** Whether its values have a first and a last. */
export const isOrdered = ({ type }: Column): boolean => ['integer', 'decimal', 'date', 'timestamp'].includes(type);

const allowedOf = (column: Column): readonly string[] | undefined =>
  'values' in column ? column.values?.map(({ value }) => value) : undefined;

const isNumber = (text: string): boolean =>
  /^-?[0-9]{1,300}([.][0-9]{1,300})?([eE][+-]?[0-9]{1,2})?$/.test(text) && Number.isFinite(Number(text));

/** A day that exists. */
function isDay(text: string): boolean {
  if (!day.test(text) || text.startsWith('0000')) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
