// A metric's number from what was counted, as its behaviour in the catalog says.
import type { FactTable } from '../../catalog/metrics/facts.js';
import type { Metric } from '../../catalog/metrics/metric.js';
import { type Counted, countedFor, nameOf } from './counted.js';

/** What was counted in one group: a row of each statement. Nothing where a statement has no row for it. */
export class Cell {
  readonly #counts = new Map<string, Readonly<Record<string, number>>>();

  put(counted: Counted, counts: Readonly<Record<string, number>>): void {
    this.#counts.set(nameOf(counted), counts);
  }

  get(counted: Counted | undefined, column: string): number {
    return (counted && this.#counts.get(nameOf(counted))?.[column]) ?? 0;
  }
}

/** The number of the metric, or null where there is none to be told. `isEmpty`: whether a table holds no row at all. */
export function numberOf(metric: Metric, cell: Cell, isEmpty: (table: FactTable) => boolean): number | null {
  const [below, above = below] = countedFor(metric);
  if (countedFor(metric).some(({ table }) => isEmpty(table))) return null;
  const rows = cell.get(below, '_rows');
  const part = cell.get(below, metric.name);
  const whole = cell.get(below, `${metric.name}_of`);
  switch (metric.measure.kind) {
    case 'rows':
    case 'distinct':
      return rows;
    case 'matching':
      return rows > 0 && whole === 0 ? null : part;
    case 'mean':
      return whole === 0 ? null : part / whole;
    case 'share':
      return whole === 0 ? null : (100 * part) / whole;
    case 'per':
      return rows === 0 ? null : cell.get(above, '_rows') / rows;
  }
}
