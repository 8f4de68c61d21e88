// A page of the rows of a relation, filtered and in order, and how many there are in all.
import { type Engine, type Inputs, rowsOf } from '../../engine/engine.js';
import { identifier } from '../../engine/sql-text.js';
import { type Filter, filterSql } from './filter.js';
import { afterSql, cursorOf, type Order, orderSql, type Place } from './order.js';
import type { Read } from './value.js';

/** Where the rows are: a SELECT over the inputs, or the name of one. */
export interface Source {
  readonly name: string;
  readonly relation: string;
  readonly columns: readonly string[];
  readonly inputs: Inputs;
  readonly parameters?: Readonly<Record<string, string | number>>;
}

export interface PageRequest {
  readonly filters: readonly Filter[];
  readonly order: readonly Order[];
  readonly limit: number;
  /** How many rows to pass over, or the row after which to begin. */
  readonly from: number | Place;
}

export interface Page {
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  /** How many rows the filters let through. */
  readonly total: number;
  /** The cursor of the next page; null where this is the last. */
  readonly next: string | null;
}

export async function readPage(engine: Engine, source: Source, request: PageRequest): Promise<Page> {
  const { order, limit, from } = request;
  const { inputs, name } = source;
  const counted = new Conditions(engine, request.filters);
  const [sum] = await rowsOf<{ total: number }>(engine, {
    name: `${name}/count`,
    sql: `select count(*) as total from ${source.relation} as t${counted.where}`,
    inputs,
    parameters: { ...source.parameters, ...counted.parameters },
  });
  const paged = new Conditions(engine, request.filters, typeof from === 'number' ? undefined : { order, place: from });
  const shown = source.columns.map((column) => `t.${identifier(column)}`).join(', ');
  const found = await rowsOf<Record<string, unknown>>(engine, {
    name: `${name}/page`,
    sql: `select ${shown} from ${source.relation} as t${paged.where}
order by ${orderSql(order)} limit ${limit + 1}${typeof from === 'number' ? ` offset ${from}` : ''}`,
    inputs,
    parameters: { ...source.parameters, ...paged.parameters },
  });
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return { rows, total: sum?.total ?? 0, next: last && found.length > limit ? cursorOf(order, last) : null };
}

/** The WHERE of a statement with its parameters, which never become text of it. */
class Conditions {
  readonly where: string;
  readonly parameters: Record<string, string> = {};

  constructor({ dialect }: Engine, filters: readonly Filter[], after?: { order: readonly Order[]; place: Place }) {
    const bind = ({ text, type }: Read): string => {
      const name = `v${Object.keys(this.parameters).length}`;
      this.parameters[name] = text;
      return `cast(${dialect.parameter(name)} as ${type})`;
    };
    const all = filters.map((filter) => filterSql(filter, bind));
    if (after) all.push(afterSql(after.order, after.place, bind));
    this.where = all.length > 0 ? `\nwhere ${all.join('\n  and ')}` : '';
  }
}
