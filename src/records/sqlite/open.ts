// Records in a file of SQLite, which several processes of one machine may have open. The log is written through to the disk, an
// entry and its row in one transaction; what of the rows is made again from the log is not waited for.
import type { Entry } from '../entry.js';
import type { Records } from '../records.js';
import { openConnection } from './connection.js';
import { sqliteDocuments } from './documents.js';
import { sqliteEntries } from './entries.js';
import { isOnReadOnlyDisk, makeFile, requireWhole } from './file.js';
import { sqlitePredictions } from './predictions.js';
import { projection, sqliteRows } from './rows.js';
import { openRunRowsFile } from './run-rows.js';
import { createTables } from './schema.js';

export interface SqliteOptions {
  readonly file: string;
  /** Whose records: a file holds those of all workspaces. */
  readonly workspace: string;
  /** What the file is encrypted with; a file that was made without one stays readable to whoever has it. */
  readonly key?: string;
}

/** After how many entries it is noted how far the rows have come, so that a start has little to look through. */
const noteEvery = 1000;

/** @throws RECORDS_KEY, RECORDS_VERSION, RECORDS_BUSY, RECORDS_FULL, RECORDS_FAILED; later calls the last three too. */
export async function openSqliteRecords({ file, workspace, key }: SqliteOptions): Promise<Records> {
  const readOnly = await isOnReadOnlyDisk(file);
  await (readOnly ? requireWhole(file) : makeFile(file));
  const log = await openConnection({ file, key, durable: true, readOnly });
  const derived = await openConnection({ file, key, durable: false, readOnly });
  const runRows = openRunRowsFile(file.replace(/(\.[^./\\]*)?$/, '-rows$1'), key, workspace);
  const close = async () => {
    await derived.close();
    await log.close();
    await runRows.close();
  };

  /** Brings in what no process has brought in, whoever wrote it. */
  async function catchUp(): Promise<void> {
    const sql = 'select sequence from projected where workspace = ?';
    let last = (await derived.get<{ sequence: number }>(sql, [workspace]))?.sequence ?? 0;
    for await (const entry of entries.read(last)) {
      await project(entry);
      last = entry.sequence;
    }
    await derived.run(
      `insert into projected (workspace, sequence) values (?, ?)
on conflict (workspace) do update set sequence = max(excluded.sequence, projected.sequence)`,
      [workspace, last],
    );
  }

  async function project(entry: Entry): Promise<void> {
    const { sql, parameters } = projection(workspace, entry);
    await derived.run(sql, parameters);
  }

  const entries = sqliteEntries(log, workspace, {
    project,
    async written({ sequence }) {
      if (sequence % noteEvery === 0) await catchUp();
    },
  });
  try {
    await createTables(log, file);
    if (!readOnly) await catchUp();
  } catch (error) {
    await close();
    throw error;
  }
  return {
    driver: 'sqlite',
    address: file,
    unchecked: [],
    entries,
    rows: sqliteRows(derived, workspace),
    runRows,
    predictions: sqlitePredictions(log, workspace),
    documents: sqliteDocuments(log, workspace),
    directory: sqliteDocuments(log, ''),
    copyTo: log.copyTo,
    close,
  };
}
