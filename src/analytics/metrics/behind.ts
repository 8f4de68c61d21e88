// The rows behind a number: those that a metric counts where conditions hold, each with what it is grouped by.
import { publishedTableNamed } from '../../catalog/catalog.js';
import type { Dimension } from '../../catalog/metrics/dimension.js';
import type { FactTable } from '../../catalog/metrics/facts.js';
import type { Metric } from '../../catalog/metrics/metric.js';
import { identifier } from '../../engine/sql-text.js';
import { CarelakeError } from '../../errors.js';
import type { Source } from '../rows/rows.js';
import { matchSql } from './compile.js';
import type { CountingPlace } from './count.js';
import { type Counted, countedFor } from './counted.js';
import type { Request } from './query.js';
import { relationOf } from './relation.js';

/** `all`: the rows that are looked at, for a ratio those below the line. `above`: those above the line alone. */
export type Part = 'all' | 'above';

export interface Behind {
  /** Whose rows they are. */
  readonly table: FactTable;
  readonly source: Source;
  /** The columns of the table; beside them stand `by_<dimension>`, and `_above`: whether a row counts above the line. */
  readonly columns: readonly string[];
}

/** @throws METRIC_QUERY_INVALID where a metric that is no share or ratio is asked for what is above the line. */
export function rowsBehind(
  metric: Metric,
  request: Pick<Request, 'by' | 'where'>,
  part: Part,
  { engine, published }: CountingPlace,
): Behind {
  const { measure } = metric;
  if (part === 'above' && measure.kind !== 'share' && measure.kind !== 'per') {
    const message = `${metric.name} is no share or ratio, so that no line divides its rows.`;
    throw new CarelakeError('METRIC_QUERY_INVALID', message, { faults: [{ field: 'part', message }] });
  }
  const counted = countedRows(metric, part);
  const relation = relationOf(counted, request, engine.dialect);
  const columns = publishedTableNamed(counted.table).columns.map(({ name }) => name);
  const above = measure.kind === 'share' ? matchSql(measure.match) : 'cast(null as boolean)';
  const where = conditionOf(metric, part);
  const sql = `(select *, ${above} as _above from (
${relation.select(columns)}
) as counted${where === undefined ? '' : ` where ${where}`})`;
  return {
    table: counted.table,
    columns,
    source: {
      name: `behind/${metric.name}`,
      relation: sql,
      columns: [...columns, ...request.by.map(columnOfDimension), '_above'],
      inputs: Object.fromEntries(relation.tables.map((table) => [table, published[table]?.paths ?? []])),
      parameters: relation.parameters,
    },
  };
}

export const columnOfDimension = ({ name }: Dimension): string => `by_${name}`;

/** Rows, though the metric may count different values in them. */
function countedRows(metric: Metric, part: Part): Counted {
  const [below, above] = countedFor(metric);
  const { table, through } = (part === 'above' && above) || below || { table: metric.table };
  return { table, ...(through && { through }) };
}

function conditionOf({ measure }: Metric, part: Part): string | undefined {
  switch (measure.kind) {
    case 'matching':
      return matchSql(measure.match);
    case 'share':
      return part === 'above' ? matchSql(measure.match) : `${identifier(measure.match.column)} is not null`;
    case 'mean':
    case 'distinct':
      return `${identifier(measure.column)} is not null`;
    default:
      return undefined;
  }
}
