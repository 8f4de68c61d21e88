// A filter of rows by one column: `gender=Female`, `gender!=Female`, `age=65..80`, `location=` for missing.

import { identifier } from '../../engine/sql-text.js';
import type { Fault } from '../../errors.js';
import { type Column, formOf, isOrdered, type Read, readValue } from './value.js';

export interface Filter {
  readonly column: Column;
  /** None of the terms may hold, instead of any. */
  readonly not: boolean;
  readonly terms: readonly Term[];
}

/** A value; a span with both ends included, of which one may be open; or, where it is empty, that there is no value. */
interface Term {
  readonly is?: Read;
  readonly from?: Read;
  readonly to?: Read;
}

/** @param faults Receives what is wrong with the texts. */
export function readFilter(column: Column, not: boolean, texts: readonly string[], faults: Fault[]): Filter {
  const terms = texts.flatMap((text) => {
    const term = readTerm(column, text);
    if (!term)
      faults.push({ field: column.name, value: text.slice(0, 100), message: `It must be ${formsOf(column)}.` });
    return term ? [term] : [];
  });
  return { column, not, terms };
}

const formsOf = (column: Column): string =>
  isOrdered(column) ? `${formOf(column)}, or two of them with .. between` : formOf(column);

function readTerm(column: Column, text: string): Term | undefined {
  if (text === '') return {};
  const span = isOrdered(column) ? /^(.*)[.][.](.*)$/s.exec(text) : null;
  if (!span) {
    const is = readValue(column, text);
    return is && { is };
  }
  const [, first = '', last = ''] = span;
  const from = first === '' ? undefined : readValue(column, first);
  const to = last === '' ? undefined : readValue(column, last);
  const isRead = (first === '') === (from === undefined) && (last === '') === (to === undefined);
  return isRead && (from || to) ? { ...(from && { from }), ...(to && { to }) } : undefined;
}

/** @param bind Makes a value a parameter of the statement, and returns it as SQL. */
export function filterSql({ column, not, terms }: Filter, bind: (value: Read) => string): string {
  const any = terms.map((term) => termSql(column, term, bind)).join(' or ');
  return not ? `not coalesce(${any}, false)` : `(${any})`;
}

function termSql({ name, type }: Column, { is, from, to }: Term, bind: (value: Read) => string): string {
  const column = `t.${identifier(name)}`;
  // A day is compared with the days of times, so that it holds all of that day.
  const compared = (value: Read) =>
    type === 'timestamp' && value.type === 'date' ? `cast(${column} as date)` : column;
  if (is) return type === 'list' ? `array_contains(${column}, ${bind(is)})` : `${compared(is)} = ${bind(is)}`;
  const bounds = [
    ...(from ? [`${compared(from)} >= ${bind(from)}`] : []),
    ...(to ? [`${compared(to)} <= ${bind(to)}`] : []),
  ];
  return bounds.length > 0 ? `(${bounds.join(' and ')})` : `${column} is null`;
}
