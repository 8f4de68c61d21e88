// The order of a list and the place in it where a page ended. What is missing comes last in either direction.

import { identifier } from '../../engine/sql-text.js';
import type { Fault } from '../../errors.js';
import { type Column, type Read, readValue } from './value.js';

export interface Order {
  readonly column: Column;
  readonly descending: boolean;
}

/** The last row of a page: its value of each column of the order; null where it has none. */
export type Place = readonly (Read | null)[];

/** `-visit_date,visit_id` → an order, with the key after it, so that no two rows are equal. */
export function readOrder(text: string, columns: readonly Column[], key: readonly string[], faults: Fault[]): Order[] {
  const order: Order[] = [];
  const names = text === '' ? [] : text.split(',');
  for (const name of [...names, ...key]) {
    const descending = name.startsWith('-');
    const column = columns.find((one) => one.name === name.replace(/^-/, ''));
    if (!column || column.type === 'list') {
      const sortable = columns.filter(({ type }) => type !== 'list').map((one) => one.name);
      faults.push({ field: 'sort', value: name.slice(0, 100), message: `It must name one of ${sortable.join(', ')}.` });
    } else if (!order.some((one) => one.column === column)) order.push({ column, descending });
  }
  return order;
}

export const orderSql = (order: readonly Order[]): string =>
  order
    .map(({ column, descending }) => `t.${identifier(column.name)} ${descending ? 'desc' : 'asc'} nulls last`)
    .join(', ');

/** The rows that come after a place: equal in the columns before one of the order, and beyond it in that. */
export function afterSql(order: readonly Order[], place: Place, bind: (value: Read) => string): string {
  const steps = order.map((_, index) => {
    const equal = order.slice(0, index).map(({ column }, before) => equalSql(column, place[before] ?? null, bind));
    const beyond = beyondSql(order[index] as Order, place[index] ?? null, bind);
    return `(${[...equal, beyond].join(' and ')})`;
  });
  return `(${steps.join(' or ')})`;
}

function equalSql({ name }: Column, value: Read | null, bind: (value: Read) => string): string {
  return `t.${identifier(name)} ${value === null ? 'is null' : `= ${bind(value)}`}`;
}

function beyondSql({ column, descending }: Order, value: Read | null, bind: (value: Read) => string): string {
  const name = `t.${identifier(column.name)}`;
  return value === null ? 'false' : `(${name} ${descending ? '<' : '>'} ${bind(value)} or ${name} is null)`;
}

/** A cursor is opaque to whoever holds it: the order, and the values of the last row as text. */
export function cursorOf(order: readonly Order[], row: Readonly<Record<string, unknown>>): string {
  const values = order.map(({ column }) => {
    const value = row[column.name] ?? null;
    return value === null ? null : String(value);
  });
  return Buffer.from(JSON.stringify([signOf(order), ...values])).toString('base64url');
}

/** Undefined where the text is no cursor of this order. */
export function readCursor(order: readonly Order[], text: string): Place | undefined {
  const parts = partsOf(text);
  if (parts?.length !== order.length + 1 || parts[0] !== signOf(order)) return undefined;
  const place = order.map(({ column }, index) => {
    const value = parts[index + 1];
    return value === null ? null : typeof value === 'string' ? readValue(asItStands(column), value) : undefined;
  });
  return place.every((value) => value !== undefined) ? place : undefined;
}

function partsOf(text: string): readonly unknown[] | undefined {
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    return Array.isArray(parts) ? parts : undefined;
  } catch {
    return undefined;
  }
}

/** A value that stands in the table is its column's, whatever the catalog of today allows. */
function asItStands(column: Column): Column {
  const { values: _, ...rest } = { values: undefined, ...column };
  return rest;
}

const signOf = (order: readonly Order[]): string =>
  order.map(({ column, descending }) => `${descending ? '-' : ''}${column.name}`).join(',');
