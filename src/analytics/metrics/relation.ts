// The rows that are counted as an SQL relation: the values of the dimensions beside what is measured, filtered.
import type { Dimension, Place } from '../../catalog/metrics/dimension.js';
import type { FactTable, Path } from '../../catalog/metrics/facts.js';
import type { Dialect } from '../../engine/dialect.js';
import { identifier } from '../../engine/sql-text.js';
import { conditionSql } from './condition.js';
import { type Counted, groupedAs } from './counted.js';
import { periodSql } from './period.js';
import type { Request } from './query.js';

export interface Relation {
  /** The tables that it reads. */
  readonly tables: readonly FactTable[];
  readonly parameters: Readonly<Record<string, string | number>>;
  /** A SELECT of `by_<dimension>` for each dimension of the request, and of these columns of the counted rows. */
  select(columns: readonly string[]): string;
}

export function relationOf(counted: Counted, { by, where }: Pick<Request, 'by' | 'where'>, dialect: Dialect): Relation {
  const places = new Map(
    [...by, ...where.map(({ dimension }) => dimension)].map((one) => [one, placeOf(counted, one)]),
  );
  const joins = [...new Set([...places.values()].flatMap(({ path }) => path ?? []))];
  const valueSql = (dimension: Dimension): string => {
    const { column, path } = places.get(dimension) ?? placeOf(counted, dimension);
    const value = `${path ? identifier(path.name) : 'r'}.${identifier(column)}`;
    return dimension.period ? periodSql(dimension.period, value) : value;
  };
  const parameters: Record<string, string | number> = {};
  const bind = (value: string | number): string => {
    const name = `p${Object.keys(parameters).length}`;
    parameters[name] = value;
    return dialect.parameter(name);
  };
  const base = baseOf(counted, places.size > 0);
  const conditions = [
    ...base.conditions,
    ...where.map((condition) => conditionSql(valueSql(condition.dimension), condition, bind)),
  ];
  return {
    tables: [...new Set([...base.tables, ...joins.map(({ to }) => to)])],
    parameters,
    select(columns) {
      const shown = [
        ...by.map((dimension) => `${valueSql(dimension)} as ${columnOf(dimension)}`),
        ...columns.map((column) => `${base.counted}.${identifier(column)}`),
        '1 as _part',
      ];
      return [
        `select ${shown.join(', ')}`,
        `from ${base.from}`,
        ...joins.map((path) => `left join ${joined(path, identifier(path.name), 'r')}`),
        ...(conditions.length > 0 ? [`where ${conditions.join('\n  and ')}`] : []),
      ].join('\n');
    },
  };
}

export const columnOf = ({ name }: Dimension): string => identifier(`by_${name}`);

function placeOf(counted: Counted, dimension: Dimension): Place {
  const place = dimension.places[groupedAs(counted)];
  if (!place) throw new Error(`The query was read without a look at whether ${counted.table} has ${dimension.name}.`);
  return place;
}

/** The rows named `r` that dimensions are found on, and the name of those that are counted. Where none is asked for, the other table need not be read. */
function baseOf({ table, through }: Counted, placed: boolean) {
  if (!through) return { tables: [table], from: `${identifier(table)} as r`, counted: 'r', conditions: [] };
  if (!placed && through.exists) {
    const conditions = [`r.${identifier(through.exists)}`];
    return { tables: [table], from: `${identifier(table)} as r`, counted: 'r', conditions };
  }
  const from = `${identifier(table)} as above join ${joined(through, 'r', 'above')}`;
  return { tables: [table, through.to], from, counted: 'above', conditions: [] };
}

/** Only ever to the key of the other table, so that no row is multiplied. */
function joined({ to, key, column }: Path, alias: string, from: string): string {
  const other = `${alias}.${identifier(key)}`;
  return `${identifier(to)} as ${alias} on ${alias}.source = ${from}.source and ${other} = ${from}.${identifier(column)}`;
}
