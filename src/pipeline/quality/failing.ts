// The rows that fail a check, as a table: findings that a run stored, or, of missing values, the published rows themselves.

import { publishedTableNamed } from '../../catalog/catalog.js';
import type { Check } from '../../catalog/checks/check.js';
import { checkNamed } from '../../catalog/checks.js';
import type { Engine, Job } from '../../engine/engine.js';
import { identifier } from '../../engine/sql-text.js';
import { CarelakeError } from '../../errors.js';
import type { Lake } from '../../lake/lake.js';
import { readBatches } from '../batch.js';
import { planRun } from '../plan.js';
import { type Manifest, readManifest, requireCurrent } from '../publish/manifest.js';
import { stepFiles } from '../runner.js';

export interface FailingRow {
  readonly source: string;
  /** As the table shows it; several fields are joined by a bar. null for a record that is no row of a table. */
  readonly key: string | null;
  /** What is wrong, as text of at most 500 characters. */
  readonly value: string | null;
  readonly batch: number | null;
  readonly file: string | null;
  readonly row: number | null;
  readonly line: number | null;
  /** Whether it stands in the published table. */
  readonly used: boolean;
}

export interface FailingRowsRequest {
  readonly check: string;
  /** The published one where none is named. */
  readonly run?: string;
  /** How many at most; all where nothing is said. */
  readonly limit?: number;
  /** How many to pass over. */
  readonly offset?: number;
}

/**
 * In the order of files, records and keys.
 * @throws CHECK_UNKNOWN, NOT_PUBLISHED, LAKE_NOT_FOUND
 */
export async function* readFailingRows(
  lake: Lake,
  engine: Engine,
  { check: id, run, limit, offset }: FailingRowsRequest,
): AsyncGenerator<FailingRow> {
  const check = checkNamed(id);
  if (!check) throw new CarelakeError('CHECK_UNKNOWN', `There is no check ${JSON.stringify(id)}.`);
  const manifest = run === undefined ? await requireCurrent(lake) : await readManifest(lake, run);
  const job =
    check.look.at === 'absence'
      ? await absent(lake, engine, manifest, check)
      : await found(lake, engine, manifest, check);
  if (!job) return;
  const sql = `select source, key, value, _batch, _file, _row, _line, used from (${job.sql}) as failing
order by _file, _batch, _row, _line, source, key, value${limit === undefined ? '' : ` limit ${limit}`}${offset === undefined ? '' : ` offset ${offset}`}`;
  for await (const { rows, values } of engine.query({ ...job, sql })) {
    for (let n = 0; n < rows; n++) {
      const [source, key, value, batch, file, row, line, used] = values.map((column) => column[n]);
      yield {
        source: String(source),
        key: text(key),
        value: text(value),
        batch: number(batch),
        file: text(file),
        row: number(row),
        line: number(line),
        used: used === true,
      };
    }
  }
}

const text = (value: unknown): string | null => (value === null ? null : String(value));
const number = (value: unknown): number | null => (value === null ? null : Number(value));

/** Undefined where the run did not ask: it holds no row of the table. */
async function found(lake: Lake, engine: Engine, manifest: Manifest, { id, table }: Check): Promise<Job | undefined> {
  const step = manifest.steps[`quality/${table ?? 'records'}/findings`];
  if (step === undefined) return undefined;
  const sql = `select * from t where check_id = ${engine.dialect.parameter('check')}`;
  return { name: id, sql, inputs: { t: await stepFiles(lake, step) }, parameters: { check: id } };
}

/** A value that was set missing was given, and is no missing one. */
async function absent(
  lake: Lake,
  engine: Engine,
  manifest: Manifest,
  { id, ...check }: Check,
): Promise<Job | undefined> {
  const [table, field] = [check.table ?? '', check.field ?? ''];
  const batches = (await readBatches(lake)).filter((batch) => manifest.batches.includes(batch.id));
  const sources = planRun(batches).quality.givenBy.get(table)?.get(field) ?? [];
  const { step } = manifest.tables[table] ?? {};
  if (sources.length === 0 || step === undefined) return undefined;
  const parameters = Object.fromEntries(sources.map((source, n) => [`source${n}`, source]));
  const key = publishedTableNamed(table).key.map((name) => `cast(t.${identifier(name)} as string)`);
  const sql = `select t.source, concat_ws('|', ${key.join(', ')}) as key, cast(null as string) as value,
  t._batch, t._file, t._row, t._line, true as used
from t anti join (
  select * from issues where table_name = '${table}' and field = '${field}' and action = 'missing'
) as i on i._batch = t._batch and i._file = t._file and i._row = t._row and i._item = t._item
where t.${identifier(field)} is null and t.source in (${sources.map((_, n) => engine.dialect.parameter(`source${n}`)).join(', ')})`;
  const inputs = { t: await stepFiles(lake, step), issues: await stepFiles(lake, manifest.steps.issues ?? '') };
  return { name: id, sql, inputs, parameters };
}
