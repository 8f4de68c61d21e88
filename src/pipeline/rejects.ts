// Every flaw for which a record of the published run was rejected: by the reader, or for one of its values.
import { type Engine, type Job, rowsOf } from '../engine/engine.js';
import type { Lake } from '../lake/lake.js';
import { type Batch, batchKey, readBatches } from './batch.js';
import { type Manifest, requireCurrent } from './publish/manifest.js';
import { stepFiles } from './runner.js';

export interface RejectRow {
  readonly file: string;
  /** Physical line where the record begins, from 1. */
  readonly line: number | null;
  /** Number of the record in its file, from 1; null for a record that could not be read. */
  readonly row: number | null;
  readonly table: string;
  readonly field: string | null;
  /** As it came, at most 500 characters; for a record that could not be read, its text. */
  readonly value: string;
  readonly code: string;
  readonly reason: string;
}

/** `rejected`: flaws for which records were rejected. `missing`: values of used records that were set missing. */
export type RejectKind = 'rejected' | 'missing';

/** Which of them. */
export interface RejectSelection {
  /** Only those with this file, table, field or code, or of the batch of this sequence. */
  readonly where?: { readonly [Column in 'file' | 'table' | 'field' | 'code']?: string | undefined } & {
    readonly batch?: number | undefined;
  };
  readonly limit?: number;
  /** How many to pass over. */
  readonly offset?: number;
  /** The published run where none is given. */
  readonly manifest?: Manifest;
}

/** In the order of files and lines. */
export async function* readRejects(
  lake: Lake,
  engine: Engine,
  explain: (code: string) => string,
  which: RejectKind = 'rejected',
  { limit, offset, ...selection }: RejectSelection = {},
): AsyncGenerator<RejectRow> {
  const job = await rejectsJob(lake, engine, which, selection);
  const window = `${limit === undefined ? '' : ` limit ${limit}`}${offset === undefined ? '' : ` offset ${offset}`}`;
  const sql = `${job.sql} order by _file, _batch, _line, _row, field, reason, value${window}`;
  for await (const { rows, values } of engine.query({ ...job, sql })) {
    for (let n = 0; n < rows; n++) {
      const [, file, line, row, table, field, value, code] = values.map((column) => column[n]);
      yield {
        file: String(file),
        line: line === null ? null : Number(line),
        row: row === null ? null : Number(row),
        table: String(table ?? ''),
        field: field === null ? null : String(field),
        value: String(value ?? ''),
        code: String(code),
        reason: explain(String(code)),
      };
    }
  }
}

/** How many `readRejects` hands out where no limit is given. */
export async function countRejects(
  lake: Lake,
  engine: Engine,
  which: RejectKind,
  selection: Pick<RejectSelection, 'where' | 'manifest'>,
): Promise<number> {
  const job = await rejectsJob(lake, engine, which, selection);
  const sql = `select count(*) as flaws from (${job.sql}) as flaws`;
  const [found] = await rowsOf<{ flaws: number }>(engine, { ...job, sql });
  return found?.flaws ?? 0;
}

/** A SELECT of batch, file, line, row, table, field, value and code, in no order. */
async function rejectsJob(
  lake: Lake,
  engine: Engine,
  which: RejectKind,
  { where = {}, manifest: given }: Pick<RejectSelection, 'where' | 'manifest'>,
): Promise<Job> {
  const manifest = given ?? (await requireCurrent(lake));
  const batches = (await readBatches(lake)).filter(({ id }) => manifest.batches.includes(id));
  const refused = which === 'rejected' ? batches.filter((batch) => batch.rejects.length > 0) : [];
  const unreadable = await Promise.all(
    refused.map(async (batch) => {
      const files = await lake.checkout(batch.rejects.map((file) => `${batchKey(batch)}/${file}`));
      return [`unreadable_${batch.sequence}`, files] as const;
    }),
  );
  const parameters: Record<string, string> = {};
  const bind = (value: string): string => {
    const name = `p${Object.keys(parameters).length}`;
    parameters[name] = value;
    return engine.dialect.parameter(name);
  };
  const parts = [
    `select _batch, _file, _line, _row, table_name, field, value, reason from issues where ${which === 'rejected' ? "_rejected and action = 'reject'" : "not _rejected and action = 'missing'"}`,
    ...refused.map(
      (batch) =>
        `select ${batch.sequence}, _file, _line, cast(null as bigint), ${tableSql(batch, bind)}, cast(null as string), c1, c0 from unreadable_${batch.sequence}`,
    ),
  ];
  const { batch, ...texts } = where;
  const conditions = Object.entries(texts).flatMap(([name, value]) =>
    value === undefined ? [] : [`${columns[name as keyof typeof columns]} = ${bind(value)}`],
  );
  if (batch !== undefined) conditions.push(`_batch = ${Math.trunc(batch)}`);
  return {
    name: 'rejects',
    sql: `select * from (${parts.join(' union all ')}) as rejected${conditions.length > 0 ? ` where ${conditions.join(' and ')}` : ''}`,
    inputs: { issues: await stepFiles(lake, manifest.steps.issues ?? ''), ...Object.fromEntries(unreadable) },
    parameters,
  };
}

const columns = { file: '_file', table: 'table_name', field: 'field', code: 'reason' } as const;

/** The table of a record that could not be read is that of its file. Files of one name may come with several batches. */
function tableSql({ files }: Batch, bind: (value: string) => string): string {
  const cases = files.map(({ name, rawTable }) => `when ${bind(name)} then ${bind(rawTable)}`);
  return `case _file ${cases.join(' ')} end`;
}
