// A model's table in memory, as learners and evaluations read it.
import { type Engine, rowsOf } from '../../engine/engine.js';
import { identifier } from '../../engine/sql-text.js';
import { type Column, Encoder } from './encode.js';
import type { FeatureSchema } from './schema.js';

/** A property by which figures are told apart. */
export interface AuditGroup {
  readonly name: string;
  readonly label: string;
  readonly levels: readonly string[];
  /** The number of the level; −1 where it is not known. */
  readonly code: Int32Array;
}

export interface Matrix {
  readonly rows: number;
  readonly columns: readonly Column[];
  /** The number of the class. */
  readonly label: Int32Array;
  /** The identifiers of the patients, and each row's place among them. */
  readonly patients: readonly string[];
  readonly patient: Int32Array;
  /** Days since 1970 of the moment; −1 where the source has no dates. */
  readonly day: Int32Array;
  readonly cases: readonly string[];
  readonly groups: readonly AuditGroup[];
}

/** Never features by themselves; a payer or an age may be one too. */
const groups = [
  { column: '_age_group', name: 'age_group', label: 'Age group' },
  { column: '_sex', name: 'sex', label: 'Sex' },
  { column: '_race', name: 'race', label: 'Race' },
  { column: '_payer', name: 'payer', label: 'Payer' },
  { column: '_facility', name: 'facility', label: 'Facility' },
] as const;

/**
 * All rows, by patient, day and case, so that the same table is the same matrix.
 * @param paths The Parquet files of the model's table.
 */
export async function readMatrix(schema: FeatureSchema, engine: Engine, paths: readonly string[]): Promise<Matrix> {
  const inputs = { cases: paths };
  const [counted] = await rowsOf<{ rows: number }>(engine, {
    name: 'models/count',
    sql: 'select count(*) as rows from cases',
    inputs,
  });
  const rows = Number(counted?.rows ?? 0);
  const encoder = new Encoder(schema, rows);
  const who = new Numbering();
  const levels = groups.map(() => new Numbering());
  const codes = groups.map(() => new Int32Array(rows).fill(-1));
  const [label, patient, day] = [new Int32Array(rows), new Int32Array(rows), new Int32Array(rows).fill(-1)];
  const cases: string[] = [];
  const names = [...groups.map(({ column }) => column), ...schema.features.map(({ name }) => name)];
  const sql = `select patient_id, case_id, cast(index_date - date '1970-01-01' as int) as day, label, ${names.map(identifier).join(', ')}
from cases order by patient_id, index_date, index_order, case_id`;
  const first = 4 + groups.length;
  let at = 0;
  for await (const { rows: size, values } of engine.query({ name: 'models/matrix', sql, inputs })) {
    for (let row = 0; row < size; row++, at++) {
      patient[at] = who.of(values[0]?.[row] as string);
      cases.push(values[1]?.[row] as string);
      day[at] = (values[2]?.[row] as number | null) ?? -1;
      label[at] = Number(values[3]?.[row]);
      for (const [group, code] of codes.entries()) {
        const level = values[4 + group]?.[row];
        if (level != null) code[at] = levels[group]?.of(String(level)) ?? -1;
      }
      for (let column = 0; column < schema.features.length; column++)
        encoder.set(at, column, values[first + column]?.[row]);
    }
  }
  return {
    rows,
    columns: encoder.columns,
    label,
    patients: who.names,
    patient,
    day,
    cases,
    groups: groups.map(({ name, label: shown }, group) => ({
      name,
      label: shown,
      levels: levels[group]?.names ?? [],
      code: codes[group] ?? new Int32Array(rows),
    })),
  };
}

/** Numbers texts in the order in which they come. */
class Numbering {
  readonly names: string[] = [];
  readonly #numbers = new Map<string, number>();

  of(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    this.#numbers.set(name, this.names.length);
    this.names.push(name);
    return this.names.length - 1;
  }
}
