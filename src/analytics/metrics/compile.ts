// A request as portable SQL: one statement for each kind of rows that are counted, with the groups and the whole in one.
import type { FactTable } from '../../catalog/metrics/facts.js';
import type { Match, Metric } from '../../catalog/metrics/metric.js';
import type { Dialect } from '../../engine/dialect.js';
import { identifier, literal } from '../../engine/sql-text.js';
import { type Counted, countedFor, nameOf } from './counted.js';
import type { Request } from './query.js';
import { columnOf, type Relation, relationOf } from './relation.js';

/**
 * One SELECT over `tables`. Its rows: a column for each dimension of the request, `_part` (1; missing in the row of the
 * whole), `_rows`, and for each metric `<name>` and `<name>_of`, the number above the line and that below it.
 */
export interface Statement {
  readonly counted: Counted;
  readonly tables: readonly FactTable[];
  readonly sql: string;
  readonly parameters: Readonly<Record<string, string | number>>;
}

export function compile(request: Pick<Request, 'metrics' | 'by' | 'where'>, dialect: Dialect): Statement[] {
  const all = new Map(request.metrics.flatMap(countedFor).map((counted) => [nameOf(counted), counted]));
  return [...all.values()].map((counted) => {
    const relation = relationOf(counted, request, dialect);
    const own = request.metrics.filter((metric) => countedFor(metric).some((one) => nameOf(one) === nameOf(counted)));
    const sql = counted.distinct
      ? distinctSql(relation, request, counted.distinct)
      : rowsSql(relation, request, counted.through ? [] : own);
    return { counted, tables: relation.tables, sql, parameters: relation.parameters };
  });
}

function rowsSql(relation: Relation, { by }: Pick<Request, 'by'>, metrics: readonly Metric[]): string {
  const groups = [...by.map(columnOf), '_part'];
  const columns = [...new Set(metrics.flatMap(measuredColumn))];
  return `select ${[...groups, 'count(*) as _rows', ...metrics.flatMap(aggregatesOf)].join(',\n  ')}
from (
${relation.select(columns)}
) as counted
group by grouping sets ((${groups.join(', ')}), ())`;
}

/** Identifiers are told apart by their source. Engines count distinct rows faster than distinct values of grouping sets. */
function distinctSql(relation: Relation, { by }: Pick<Request, 'by'>, column: string): string {
  const groups = [...by.map(columnOf), '_part'];
  const nothing = by.map((one) => `cast(null as ${one.period ? 'bigint' : 'string'}) as ${columnOf(one)}`);
  const different = (names: readonly string[]) => `(
select distinct ${[...names, 'source', identifier(column)].join(', ')}
from (
${relation.select(['source', column])}
) as counted
where ${identifier(column)} is not null
) as different`;
  return `select ${[...groups, 'count(*) as _rows'].join(', ')}
from ${different(groups)}
group by ${groups.join(', ')}
union all
select ${[...nothing, 'cast(null as int) as _part', 'count(*) as _rows'].join(', ')}
from ${different([])}`;
}

function measuredColumn({ measure }: Metric): string[] {
  if (measure.kind === 'mean') return [measure.column];
  return measure.kind === 'matching' || measure.kind === 'share' ? [measure.match.column] : [];
}

function aggregatesOf({ name, measure }: Metric): string[] {
  const pair = (above: string, below: string) => [
    `${above} as ${identifier(name)}`,
    `${below} as ${identifier(`${name}_of`)}`,
  ];
  if (measure.kind === 'mean') {
    const column = identifier(measure.column);
    return pair(`cast(sum(cast(${column} as decimal(18,6))) as double)`, `count(${column})`);
  }
  if (measure.kind === 'matching' || measure.kind === 'share') {
    return pair(`count(case when ${matchSql(measure.match)} then 1 end)`, `count(${identifier(measure.match.column)})`);
  }
  return [];
}

/** Whether a row matches; unknown where its column is missing. */
export function matchSql({ column, equals }: Match): string {
  return `${identifier(column)} = ${typeof equals === 'string' ? literal(equals) : String(equals)}`;
}
