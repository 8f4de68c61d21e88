// How a published table is made: the columns that the catalog names, in its order, and where each row came from.
import { publishedTableNamed } from '../../catalog/catalog.js';
import type { Dialect } from '../../engine/dialect.js';
import { identifier } from '../../engine/sql-text.js';
import type { Step } from '../../engine/step.js';
import { patientKey, provenance } from '../clean/clean.js';

export interface LinkInputs {
  readonly clean: readonly Step[];
  readonly losers: Step;
  /** Other published tables that are joined. */
  readonly joined?: Readonly<Record<string, Step>>;
  /** Into how many buckets the table is cut by patient; one where nothing is said. */
  readonly buckets?: number;
}

/**
 * A published table with the rows of one clean table. Grain: that of the clean table.
 * @param relation SELECT over the inputs `clean` and `losers` and those joined, one row for every live row.
 * @param alike The inputs of which a patient's rows need nothing but the patient's.
 */
export function linkStep(
  table: string,
  { clean, losers, joined = {}, buckets = 1 }: LinkInputs,
  relation: (dialect: Dialect) => string,
  alike: readonly string[] = [],
): Step {
  return {
    kind: 'step',
    name: `link/${table}`,
    version: 1,
    inputs: {
      clean,
      losers: [losers],
      ...Object.fromEntries(Object.entries(joined).map(([name, step]) => [name, [step]])),
    },
    cut: { by: patientKey, count: buckets, alike },
    sql: (dialect) => select(table, provenance, relation(dialect)),
  };
}

/** A published table that is made of other tables. */
export function martStep(
  table: string,
  inputs: Readonly<Record<string, Step>>,
  relation: () => string,
  cut?: Step['cut'],
): Step {
  return {
    kind: 'step',
    name: `marts/${table}`,
    version: 1,
    inputs: Object.fromEntries(Object.entries(inputs).map(([name, step]) => [name, [step]])),
    ...(cut && { cut }),
    sql: () => select(table, [], relation()),
  };
}

function select(table: string, further: readonly string[], relation: string): string {
  const columns = publishedTableNamed(table).columns.map(({ name }) => identifier(name));
  return `select ${[...columns, ...further].join(', ')}
from (
${relation}
) as ${identifier(`published_${table}`)}`;
}

/** The provenance columns of the relation `alias`. */
export const whence = (alias: string): string => provenance.map((name) => `${alias}.${name}`).join(', ');
