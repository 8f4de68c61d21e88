// Every flaw for which a record of the published run was rejected: by the reader, or for one of its values.
import type { Engine } from '../engine/engine.js';
import type { Lake } from '../lake/lake.js';
import { type Batch, batchKey, readBatches } from './batch.js';
import { requireCurrent } from './publish/manifest.js';
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

/** In the order of files and lines. */
export async function* readRejects(
  lake: Lake,
  engine: Engine,
  explain: (code: string) => string,
  which: 'rejected' | 'missing' = 'rejected',
): AsyncGenerator<RejectRow> {
  const manifest = await requireCurrent(lake);
  const batches = (await readBatches(lake)).filter(({ id }) => manifest.batches.includes(id));
  const issues = await stepFiles(lake, manifest.steps.issues ?? '');
  const refused = which === 'rejected' ? batches.filter((batch) => batch.rejects.length > 0) : [];
  const unreadable = await Promise.all(
    refused.map(async (batch) => {
      const files = await lake.checkout(batch.rejects.map((file) => `${batchKey(batch)}/${file}`));
      return [`unreadable_${batch.sequence}`, files] as const;
    }),
  );
  const parts = [
    `select _batch, _file, _line, _row, table_name, field, value, reason from issues where ${which === 'rejected' ? "_rejected and action = 'reject'" : "not _rejected and action = 'missing'"}`,
    ...refused.map(
      ({ sequence }) =>
        `select ${sequence}, _file, _line, cast(null as bigint), '', cast(null as string), c1, c0 from unreadable_${sequence}`,
    ),
  ];
  // Files of one name may come with several batches.
  const tables = new Map(batches.flatMap(tablesOf));
  const sql = `select * from (${parts.join(' union all ')}) as rejected order by _file, _batch, _line, _row, field`;
  const inputs = { issues, ...Object.fromEntries(unreadable) };
  for await (const { rows, values } of engine.query({ name: 'rejects', sql, inputs })) {
    for (let n = 0; n < rows; n++) {
      const [batch, file, line, row, table, field, value, code] = values.map((column) => column[n]);
      yield {
        file: String(file),
        line: line === null ? null : Number(line),
        row: row === null ? null : Number(row),
        table: String(table || tables.get(`${batch}/${file}`) || ''),
        field: field === null ? null : String(field),
        value: String(value ?? ''),
        code: String(code),
        reason: explain(String(code)),
      };
    }
  }
}

const tablesOf = ({ sequence, files }: Batch): [string, string][] =>
  files.map(({ name, rawTable }) => [`${sequence}/${name}`, rawTable]);
