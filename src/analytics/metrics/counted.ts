// Whose rows a metric counts. Each kind of rows is counted by a statement of its own, so that none multiplies another.
import type { FactTable, Path } from '../../catalog/metrics/facts.js';
import type { Metric } from '../../catalog/metrics/metric.js';

export interface Counted {
  readonly table: FactTable;
  /** Those rows of `table` alone that have a row of another by this path; they are grouped as that other is. */
  readonly through?: Path;
  /** Not rows but different values of this column. */
  readonly distinct?: string;
}

/** What must be counted for a metric; of a ratio first what stands below the line. */
export function countedFor({ table, measure }: Metric): readonly Counted[] {
  if (measure.kind === 'distinct') return [{ table, distinct: measure.column }];
  if (measure.kind === 'per') return [{ table }, { table: measure.rowsOf.from, through: measure.rowsOf }];
  return [{ table }];
}

/** The table whose properties the counted rows are grouped by. */
export const groupedAs = ({ table, through }: Counted): FactTable => through?.to ?? table;

export function nameOf({ table, through, distinct }: Counted): string {
  return [table, ...(through ? ['through', through.name] : []), ...(distinct ? ['distinct', distinct] : [])].join(' ');
}
