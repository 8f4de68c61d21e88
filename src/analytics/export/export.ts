// Writes published tables to a folder as CSV or Parquet, one file a table, in the order of its key.
import { createWriteStream } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { published as catalogued } from '../../catalog/published.js';
import type { Engine, Job } from '../../engine/engine.js';
import { identifier } from '../../engine/sql-text.js';
import { CarelakeError } from '../../errors.js';
import type { PublishedFiles, PublishedTables } from '../published.js';
import { csvLine, csvRows } from './csv.js';
import { writingTo } from './writing.js';

export type ExportFormat = 'csv' | 'parquet';

export interface ExportOptions {
  /** Only these tables; all where not given. */
  readonly tables?: readonly string[];
  readonly signal?: AbortSignal;
}

export interface ExportedFile {
  readonly table: string;
  readonly path: string;
  readonly rows: number;
}

/**
 * Writes `<table>.csv` or `<table>.parquet` for each table. Columns whose name starts with `_` are left out. A file
 * appears under its name only when it is whole. The folder, where it is made, and the files are open to their owner alone.
 * @throws EXPORT_FOLDER_NOT_EMPTY, EXPORT_TABLE_UNKNOWN before anything is written; ENGINE_…, LAKE_DISK_FULL, OUTPUT_FAILED
 */
export async function exportTables(
  engine: Engine,
  published: PublishedTables,
  format: ExportFormat,
  folder: string,
  { tables = Object.keys(published), signal }: ExportOptions = {},
): Promise<ExportedFile[]> {
  const chosen = tables.map((table) => [table, filesOf(published, table)] as const);
  const unfinished = await writingTo(folder, async () => {
    await requireEmpty(folder);
    return mkdtemp(join(folder, '.unfinished-'));
  });
  const exported: ExportedFile[] = [];
  try {
    for (const [table, files] of chosen) {
      const job = await orderedJob(engine, table, files, signal);
      const whole = join(unfinished, table);
      const path = join(folder, `${table}.${format}`);
      const rows = await writingTo(path, async () => {
        const written = await (format === 'csv' ? writeCsv(engine, job, whole) : writeParquet(engine, job, whole));
        const file = format === 'csv' ? whole : await soleFile(whole);
        // An engine writes with the rights that the process gives to any file.
        await chmod(file, 0o600);
        await rename(file, path);
        return written;
      });
      exported.push({ table, path, rows });
    }
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return exported;
}

function filesOf(published: PublishedTables, table: string): PublishedFiles {
  const files = Object.hasOwn(published, table) ? published[table] : undefined;
  if (files) return files;
  const known = Object.keys(published).sort().join(', ');
  throw new CarelakeError('EXPORT_TABLE_UNKNOWN', `There is no published table ${table}; there are ${known}.`);
}

async function requireEmpty(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if ((await readdir(folder)).length > 0) {
    throw new CarelakeError('EXPORT_FOLDER_NOT_EMPTY', `${folder} is not empty; nothing was written.`);
  }
}

/** The shown columns in the order of the key; where the catalog knows no key, of all columns. */
async function orderedJob(
  engine: Engine,
  table: string,
  { paths, columns }: PublishedFiles,
  signal?: AbortSignal,
): Promise<Job> {
  const job = { name: `export/${table}`, inputs: { published: paths }, ...(signal && { signal }) };
  const all = await columnNames(engine, { ...job, sql: 'select * from published limit 0' });
  const shown = (columns ?? all).filter((column) => !column.startsWith('_'));
  const key = catalogued.find(({ name }) => name === table)?.key.filter((column) => all.includes(column)) ?? [];
  // The rest of the columns decides where a key is not unique, so that equal tables give equal files.
  const order = [...new Set([...key, ...shown])].map(identifier).join(', ');
  return { ...job, sql: `select ${shown.map(identifier).join(', ')} from published order by ${order}` };
}

async function columnNames(engine: Engine, job: Job): Promise<string[]> {
  for await (const { columns } of engine.query(job)) return columns.map(({ name }) => name);
  return [];
}

async function writeCsv(engine: Engine, job: Job, path: string): Promise<number> {
  let rows = 0;
  const text = async function* () {
    let first = true;
    for await (const batch of engine.query(job)) {
      if (first) yield csvLine(batch.columns.map(({ name }) => name));
      first = false;
      rows += batch.rows;
      yield csvRows(batch);
    }
  };
  await pipeline(Readable.from(text()), createWriteStream(path));
  return rows;
}

async function writeParquet(engine: Engine, job: Job, output: string): Promise<number> {
  await mkdir(output);
  return (await engine.materialize({ ...job, output })).rows;
}

async function soleFile(folder: string): Promise<string> {
  const files = await readdir(folder);
  const [file, ...rest] = files;
  if (!file || rest.length > 0)
    throw new CarelakeError('ENGINE_FAILED', `One Parquet file was expected, not ${files.length}.`);
  return join(folder, file);
}
