// The rows of one source, or of one patient of it, of each published table: what cases and histories are made of.
import type { Dialect } from '../../engine/dialect.js';
import { literal } from '../../engine/sql-text.js';
import { endOf, placeInOrder, startOfDay, visitEnd } from './time.js';

export interface Rows {
  /** A SELECT in brackets of these columns, of `visits` also `ended_on`, `t_start` and `t_end`. */
  readonly of: (table: string, columns: readonly string[]) => string;
  readonly dialect: Dialect;
}

interface Which {
  readonly source: string;
  readonly dated: boolean;
  /** The rows of so many patients, whom `patientParameters` names, and of nobody else; all where not given. */
  readonly patients?: number | undefined;
}

const parameterOf = (number: number): string => `patient_${number}`;

/** Values of a statement over the rows of these patients. */
export const patientParameters = (patients: readonly string[]): Record<string, string> =>
  Object.fromEntries(patients.map((patient, number) => [parameterOf(number), patient]));

export function rowsOfSource({ source, dated, patients }: Which, dialect: Dialect): Rows {
  const named = Array.from({ length: patients ?? 0 }, (_, number) => dialect.parameter(parameterOf(number)));
  const own = `source = ${literal(source)}${patients === undefined ? '' : ` and patient_id in (${named.join(', ')})`}`;
  const derived: Readonly<Record<string, string>> = {
    ended_on: visitEnd,
    t_start: dated ? startOfDay('visit_date') : placeInOrder('visit_number'),
    t_end: dated ? endOf('visit_date', visitEnd) : placeInOrder('visit_number'),
  };
  return {
    dialect,
    of(table, columns) {
      // A visit without a date has no place among those that have one.
      const placed = table === 'visits' ? ` and visit_date is ${dated ? 'not ' : ''}null` : '';
      const shown = columns.map((name) => (derived[name] ? `${derived[name]} as ${name}` : name));
      return `(select ${shown.join(', ')} from ${table} where ${own}${placed})`;
    },
  };
}
