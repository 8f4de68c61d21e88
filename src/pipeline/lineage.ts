// From a row of a published table back to the file and line it came from, with the values as they came.
import { publishedTableNamed, publishedTables } from '../catalog/catalog.js';
import { type Engine, rowsOf } from '../engine/engine.js';
import { identifier } from '../engine/sql-text.js';
import { CarelakeError } from '../errors.js';
import type { Lake } from '../lake/lake.js';
import { readBatches } from './batch.js';
import { issueSeparator, unitSeparator } from './clean/issue-text.js';
import { numberedVisits } from './marts/stays.js';
import { originalsOf } from './originals.js';
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
  /** False where a table has more rows than are followed. */
  readonly complete: boolean;
}

/** Which rows of a table to follow. */
interface Wanted {
  readonly table: string;
  /** The column that bears their keys. */
  readonly column: string;
  /** SELECT of the keys, which names the parameter `key` and published tables. */
  readonly keys: string;
  readonly published: readonly string[];
}

/** At most this many rows of one table are followed in a batch. */
const mostRows = 100;

/**
 * Follows the row of `table` whose first key column is `key`; a row of a mart to the rows that it is made from.
 * @param run The published one where none is given.
 * @throws TABLE_NOT_FOUND, ROW_NOT_FOUND, NOT_PUBLISHED
 */
export async function traceRow(
  lake: Lake,
  engine: Engine,
  table: string,
  key: string,
  run?: Manifest,
): Promise<Lineage> {
  if (!Object.hasOwn(publishedTables, table)) {
    throw new CarelakeError(
      'TABLE_NOT_FOUND',
      `There is no "${table}"; there are ${Object.keys(publishedTables).join(', ')}.`,
    );
  }
  if (table === 'months') {
    throw new CarelakeError('TABLE_NOT_FOUND', 'A month is made from all of its visits; follow a visit or a stay.');
  }
  const manifest = run ?? (await requireCurrent(lake));
  const batches = (await readBatches(lake)).filter(({ id }) => manifest.batches.includes(id));
  const tracer: Tracer = { lake, engine, manifest, clean: planRun(batches).clean, key };
  const rows: RowTrace[] = [];
  let complete = true;
  for (const wanted of wantedOf(table, engine.dialect.parameter('key'))) {
    const found = await traceVersions(tracer, wanted);
    rows.push(...found.traces);
    complete &&= found.complete;
  }
  if (rows.length === 0) throw new CarelakeError('ROW_NOT_FOUND', `${table} has no row ${key}.`);
  return { run: manifest.id, table, key, step: manifest.tables[table]?.step ?? '', rows, complete };
}

function wantedOf(table: string, key: string): Wanted[] {
  switch (table) {
    case 'stays':
      return [
        {
          table: 'visits',
          column: 'visit_id',
          keys: visitsOfStay(key),
          published: ['stays', 'visits'],
        },
      ];
    case 'patient_summary':
      return ['patients', 'visits', 'prescriptions'].map((from) => ({
        table: from,
        column: keyOf(from),
        keys: `select t.${keyOf(from)} from ${from} as t
join patient_summary as s on s.source = t.source and s.patient_id = t.patient_id where s.patient_id = ${key}`,
        published: [from, 'patient_summary'],
      }));
    default:
      return [{ table, column: keyOf(table), keys: `select cast(${key} as string)`, published: [] }];
  }
}

const keyOf = (table: string): string => publishedTableNamed(table).key[0] ?? '';

/** The visits that the stay was merged from, told apart as the mart does it. */
const visitsOfStay = (key: string): string => `with own as (
  select v.* from visits as v semi join (select source, patient_id from stays where stay_id = ${key}) as s
    on s.source = v.source and s.patient_id = v.patient_id
),
${numberedVisits('own')},
merged as (select source, patient_id, episode from numbered where visit_id = ${key} and starts = 1)
select n.visit_id from numbered as n
join merged as m on m.source = n.source and m.patient_id = n.patient_id and m.episode = n.episode
union all
select visit_id from own where visit_id = ${key} and visit_date is null`;

interface Tracer {
  readonly lake: Lake;
  readonly engine: Engine;
  readonly manifest: Manifest;
  readonly clean: readonly CleanPlan[];
  readonly key: string;
}

/** The files of a step of the published run, by its name: a later version of Carelake would make it under another hash. */
const filesOf = ({ lake, manifest }: Tracer, step: string): Promise<string[]> =>
  stepFiles(lake, manifest.steps[step] ?? step);

async function traceVersions(
  tracer: Tracer,
  { table, column, keys, published }: Wanted,
): Promise<Pick<Lineage, 'complete'> & { traces: RowTrace[] }> {
  const traces: RowTrace[] = [];
  let complete = true;
  const losers = await filesOf(tracer, `deduplicate/${table}`);
  const named = await Promise.all(
    published.map(async (name) => [name, await stepFiles(tracer.lake, tracer.manifest.tables[name]?.step ?? '')]),
  );
  for (const plan of tracer.clean.filter(({ reading }) => reading.table === table)) {
    const sql = `select c.*, l._disposition, l._reason, l._winner_file, l._winner_row from clean as c
left join losers as l on l._batch = c._batch and l._file = c._file and l._row = c._row and l._item = c._item
where c.${identifier(column)} in (${keys}) order by c._file, c._row, c._item limit ${mostRows + 1}`;
    const inputs = { clean: await filesOf(tracer, plan.step.name), losers, ...Object.fromEntries(named) };
    const parameters = { key: tracer.key };
    const found = await rowsOf<CleanRow>(tracer.engine, { name: 'lineage', sql, inputs, parameters });
    for (const row of found.slice(0, mostRows)) traces.push(await traceOf(tracer, plan, row));
    complete &&= found.length <= mostRows;
  }
  return { traces, complete };
}

type CleanRow = Readonly<Record<string, unknown>> & {
  readonly _file: string;
  readonly _row: number;
  readonly _item: number;
  readonly _line: number | null;
  readonly _rejected: boolean;
  readonly _issues: string | null;
  readonly _disposition: RowTrace['disposition'] | null;
  readonly _reason: string | null;
  readonly _winner_file: string | null;
  readonly _winner_row: number | null;
};

async function traceOf(tracer: Tracer, { batch, reading, step }: CleanPlan, row: CleanRow): Promise<RowTrace> {
  const originals = await originalsOf(tracer, { batch, reading }, row);
  const issues = issuesOf(row._issues);
  const rejecting = issues.filter(({ action }) => action === 'reject').map(({ reason }) => reason);
  return {
    table: reading.table,
    disposition: row._rejected ? 'rejected' : (row._disposition ?? 'used'),
    reason: row._rejected ? [...new Set(rejecting)].join(', ') : row._reason,
    winner: row._winner_file === null ? null : { file: row._winner_file, row: Number(row._winner_row) },
    batch: { id: batch.id, sequence: batch.sequence, source: batch.source, landed: batch.landed },
    file: row._file,
    line: row._line === null ? null : Number(row._line),
    row: Number(row._row),
    step: tracer.manifest.steps[step.name] ?? '',
    values: reading.fields.map((field) => ({
      field,
      column: reading.origin[field] ?? '',
      original: originals.get(field) ?? null,
      value: row[field],
      reason: issues.find((issue) => issue.field === field)?.reason ?? null,
    })),
  };
}

/** What cleaning said of the values of a row. */
function issuesOf(text: string | null): { field: string; reason: string; action: string }[] {
  return (text?.split(issueSeparator) ?? []).map((issue) => {
    const [field = '', reason = '', action = ''] = issue.split(unitSeparator);
    return { field, reason, action };
  });
}
