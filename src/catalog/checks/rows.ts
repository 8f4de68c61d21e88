// How the checks of one table that ask about rows are written down.
import { type Check, check, type Form, type Relation } from './check.js';

interface RowCheck extends Pick<Check, 'category' | 'severity' | 'explanation'> {
  /** The id after the table. */
  readonly name: string;
  readonly field: string | null;
  readonly threshold?: number;
  readonly of?: Relation;
  readonly applies: string;
  readonly fails: string | Form;
  readonly shows: string;
}

/** The checks of a table; each asks about the relation of the table's name, and one row in a hundred may fail. */
export function rowChecks(table: Relation, list: readonly RowCheck[]): Check[] {
  return list.map(({ name, of = table, applies, fails, shows, threshold = 0.01, ...own }) =>
    check({ ...own, id: `${table}.${name}`, table, threshold, look: { at: 'rows', of, applies, fails, shows } }),
  );
}

/** SQL that shows dates and whole numbers beside each other: `visit_date 2024-01-05, discharge_date 2024-01-02`. */
export function showing(...columns: readonly string[]): string {
  return columns
    .map((name, n) => `'${n > 0 ? ', ' : ''}${name} ' || coalesce(cast(${name} as string), 'missing')`)
    .join(' || ');
}
