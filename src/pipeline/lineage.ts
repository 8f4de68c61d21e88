// From a row of a published table back to the file and line it came from, with the values as they came.
import { publishedTableNamed, publishedTables } from '../catalog/catalog.js';
import { type Engine, rowsOf } from '../engine/engine.js';
import { identifier } from '../engine/sql-text.js';
import { stepHash } from '../engine/step.js';
import { CarelakeError } from '../errors.js';
import type { Lake } from '../lake/lake.js';
import { batchKey, readBatches } from './batch.js';
import { type CleanPlan, planRun } from './plan.js';
import { type Manifest, requireCurrent } from './publish/manifest.js';
import { stepFiles } from './runner.js';

/** One value on its way: as it came, and as it is. */
export interface ValueTrace {
  readonly field: string;
  /** The column of the file. */
  readonly column: string;
  readonly original: string | null;
  readonly value: unknown;
  /** Why the value was set missing or the row rejected. */
  readonly reason: string | null;
}

/** One version of a row: the one that is used, or one that lost or was rejected. */
export interface RowTrace {
  readonly table: string;
  readonly disposition: 'used' | 'duplicate' | 'rejected' | 'not_used';
  readonly reason: string | null;
  readonly winner: { readonly file: string; readonly row: number } | null;
  readonly batch: { readonly id: string; readonly sequence: number; readonly source: string; readonly landed: string };
  readonly file: string;
  readonly line: number | null;
  readonly row: number;
  readonly step: string;
  readonly values: readonly ValueTrace[];
}

export interface Lineage {
  readonly run: string;
  readonly table: string;
  readonly key: string;
  /** The step that made the row. */
  readonly step: string;
  readonly rows: readonly RowTrace[];
}

/** The rows of other tables that a row of a mart is made from. */
const madeFrom: Readonly<Record<string, { readonly column: string; readonly tables: readonly string[] }>> = {
  patient_summary: { column: 'patient_id', tables: ['patients', 'visits', 'prescriptions'] },
  stays: { column: 'visit_id', tables: ['visits'] },
};

/** At most this many rows of one table are followed; the message of the command says where there are more. */
const mostRows = 100;

/**
 * Follows the row of `table` whose first key column is `key`.
 * @throws TABLE_NOT_FOUND, ROW_NOT_FOUND, NOT_PUBLISHED
 */
export async function traceRow(lake: Lake, engine: Engine, table: string, key: string): Promise<Lineage> {
  if (!Object.hasOwn(publishedTables, table)) {
    throw new CarelakeError(
      'TABLE_NOT_FOUND',
      `There is no "${table}"; there are ${Object.keys(publishedTables).join(', ')}.`,
    );
  }
  if (table === 'months') {
    throw new CarelakeError('TABLE_NOT_FOUND', 'A month is made from all of its visits; follow a visit or a stay.');
  }
  const manifest = await requireCurrent(lake);
  const batches = (await readBatches(lake)).filter(({ id }) => manifest.batches.includes(id));
  const plan = planRun(batches);
  const tracer: Tracer = { lake, engine, manifest, clean: plan.clean, losers: plan.losers };
  const mart = madeFrom[table];
  const keys = table === 'stays' ? await visitsOfStay(tracer, key) : [key];
  const rows: RowTrace[] = [];
  for (const from of mart?.tables ?? [table]) {
    const column = mart?.column ?? publishedTableNamed(table).key[0] ?? '';
    for (const one of keys) rows.push(...(await traceVersions(tracer, from, column, one)));
  }
  if (rows.length === 0) throw new CarelakeError('ROW_NOT_FOUND', `${table} has no row ${key}.`);
  return { run: manifest.id, table, key, step: manifest.tables[table]?.step ?? '', rows };
}

interface Tracer {
  readonly lake: Lake;
  readonly engine: Engine;
  readonly manifest: Manifest;
  readonly clean: readonly CleanPlan[];
  readonly losers: ReturnType<typeof planRun>['losers'];
}

async function visitsOfStay({ lake, engine, manifest }: Tracer, key: string): Promise<string[]> {
  const inputs = {
    stays: await stepFiles(lake, manifest.tables.stays?.step ?? ''),
    visits: await stepFiles(lake, manifest.tables.visits?.step ?? ''),
  };
  const sql = `select v.visit_id from visits as v join stays as s on s.source = v.source and s.patient_id = v.patient_id
where s.stay_id = ${engine.dialect.parameter('key')} and v.visit_type = 'inpatient'
  and (v.visit_id = s.first_visit_id or v.visit_id = s.last_visit_id or v.visit_date between s.admitted_on and s.discharged_on)
order by v.visit_date, v.visit_id`;
  const rows = await rowsOf<{ visit_id: string }>(engine, { name: 'lineage', sql, inputs, parameters: { key } });
  return rows.map(({ visit_id }) => visit_id);
}

async function traceVersions(tracer: Tracer, table: string, column: string, key: string): Promise<RowTrace[]> {
  const { lake, engine, losers } = tracer;
  const traces: RowTrace[] = [];
  const loser = losers[table];
  if (!loser) return traces;
  for (const plan of tracer.clean.filter(({ reading }) => reading.table === table)) {
    if (!plan.reading.fields.includes(column)) continue;
    const inputs = {
      clean: await stepFiles(lake, stepHash(plan.step)),
      losers: await stepFiles(lake, stepHash(loser)),
    };
    const sql = `select c.*, l._disposition, l._reason, l._winner_file, l._winner_row from clean as c
left join losers as l on l._batch = c._batch and l._file = c._file and l._row = c._row and l._item = c._item
where c.${identifier(column)} = ${engine.dialect.parameter('key')} order by c._file, c._row, c._item limit ${mostRows}`;
    const found = await rowsOf<CleanRow>(engine, { name: 'lineage', sql, inputs, parameters: { key } });
    for (const row of found) traces.push(await traceOf(tracer, plan, row));
  }
  return traces;
}

type CleanRow = Readonly<Record<string, unknown>> & {
  readonly _file: string;
  readonly _row: number;
  readonly _line: number | null;
  readonly _rejected: boolean;
  readonly _issues: string | null;
  readonly _disposition: RowTrace['disposition'] | null;
  readonly _reason: string | null;
  readonly _winner_file: string | null;
  readonly _winner_row: number | null;
};

async function traceOf(tracer: Tracer, { batch, reading, step }: CleanPlan, row: CleanRow): Promise<RowTrace> {
  const raw = await rawRecord(tracer, { batch, reading, step }, row);
  const issues = new Map(
    (row._issues ?? '').split('␞').map((issue) => {
      const [field = '', reason = ''] = issue.split('␟');
      return [field, reason];
    }),
  );
  return {
    table: reading.table,
    disposition: row._rejected ? 'rejected' : (row._disposition ?? 'used'),
    reason: row._rejected ? [...new Set(issues.values())].join(', ') : row._reason,
    winner: row._winner_file === null ? null : { file: row._winner_file, row: Number(row._winner_row) },
    batch: { id: batch.id, sequence: batch.sequence, source: batch.source, landed: batch.landed },
    file: row._file,
    line: row._line === null ? null : Number(row._line),
    row: Number(row._row),
    step: stepHash(step),
    values: reading.fields.map((field) => ({
      field,
      column: reading.origin[field] ?? '',
      original: originalOf(reading.origin[field] ?? '', raw),
      value: row[field],
      reason: issues.get(field) ?? null,
    })),
  };
}

/** The record as it landed: column → text. */
async function rawRecord(
  { lake, engine }: Tracer,
  { batch, reading }: CleanPlan,
  row: CleanRow,
): Promise<Map<string, string | null>> {
  const { name, part, columns } = reading.rawTable;
  const landed = batch.tables.find((table) => table.name === name && table.part === part);
  const keys = (landed?.parquet ?? []).map((file) => `${batchKey(batch)}/${file}`);
  const file = engine.dialect.parameter('file');
  const sql = `select * from raw where _row = ${engine.dialect.parameter('row')} and _file = ${file}`;
  const inputs = { raw: await lake.checkout(keys) };
  const parameters = { row: row._row, file: row._file };
  const [record] = await rowsOf<Record<string, string | null>>(engine, { name: 'lineage', sql, inputs, parameters });
  return new Map(columns.map((column, index) => [column, record?.[`c${index}`] ?? null]));
}

/** A field may be made of several columns, which its origin names with commas between them. */
function originalOf(origin: string, raw: ReadonlyMap<string, string | null>): string | null {
  if (raw.has(origin)) return raw.get(origin) ?? null;
  const columns = origin.split(', ').filter((column) => raw.has(column));
  return columns.length === 0 ? null : columns.map((column) => `${column}=${raw.get(column) ?? ''}`).join(', ');
}
