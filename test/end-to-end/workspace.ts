// The lake of a place as the library sees it: content of what is published, and files that nothing explains.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { digestSql } from '../../src/engine/digest.js';
import { openDuckdb } from '../../src/engine/duckdb/engine.js';
import { type Column, type Engine, rowsOf } from '../../src/engine/engine.js';
import type { Lander } from '../../src/engine/lander.js';
import type { Lake } from '../../src/lake/lake.js';
import { openLocalLake } from '../../src/lake/local.js';
import { batchKey, readBatches } from '../../src/pipeline/batch.js';
import { readRuns, requireCurrent } from '../../src/pipeline/publish/manifest.js';
import { readStep, stepFiles, stepKey } from '../../src/pipeline/runner.js';
import type { Place } from './place.js';

export const lakeOf = (place: Place): Lake => openLocalLake({ root: place.lake() });

/** An engine for looking; whoever opens it closes it. */
export const openEngine = (place: Place): Promise<Engine & Lander> =>
  openDuckdb({ memory: 2 ** 30, threads: 2, temporary: join(place.path, 'looking') });

/**
 * The digest of every published table. The number of a batch is no content: one that was killed leaves a gap in them.
 */
export async function digests(lake: Lake, engine: Engine): Promise<Record<string, string>> {
  const { tables } = await requireCurrent(lake);
  const found: Record<string, string> = {};
  for (const [table, { step }] of Object.entries(tables)) {
    const inputs = { content: await stepFiles(lake, step) };
    const columns: Column[] = [];
    for await (const batch of engine.query({ name: 'columns', sql: 'select * from content limit 0', inputs })) {
      columns.push(...batch.columns.filter(({ name }) => name !== '_batch'));
    }
    const [sum] = await rowsOf(engine, { name: 'digest', sql: digestSql(engine.dialect, columns), inputs });
    found[table] = JSON.stringify(sum);
  }
  return found;
}

export interface StepContent {
  readonly columns: Readonly<Record<string, string>>;
  readonly rows: number;
  /** Tells any two contents apart that differ in more than the order of their rows. */
  readonly hashes: string;
}

/** Every step of the published run, by name; read by one engine, which must be DuckDB, down to the last bit of a double. */
export async function contents(lake: Lake, engine: Engine): Promise<Record<string, StepContent>> {
  const { steps } = await requireCurrent(lake);
  const found: Record<string, StepContent> = {};
  for (const [name, hash] of Object.entries(steps)) {
    const inputs = { t: await stepFiles(lake, hash) };
    const read = async <Row>(sql: string) => rowsOf<Row>(engine, { name: `look at ${name}`, sql, inputs });
    const columns = await read<{ name: string; type: string }>(
      'select column_name as name, column_type as type from (describe select * from t)',
    );
    const [sum] = await read<{ rows: number; hashes: string }>(
      'select count(*) as rows, cast(sum(cast(hash(t) as hugeint)) as varchar) as hashes from t',
    );
    found[name] = {
      columns: Object.fromEntries(columns.map((column) => [column.name, column.type])),
      rows: Number(sum?.rows),
      hashes: String(sum?.hashes),
    };
  }
  return found;
}

/** The keys that neither a batch nor the published run nor one of its ancestors explains, and what crashes left beside. */
export async function unexplained(place: Place): Promise<string[]> {
  const left = await unexplainedIn(lakeOf(place));
  for (const folder of [place.lake('.scratch'), join(place.path, 'carelake-data/temp')]) {
    left.push(...(await readdir(folder)).filter((name) => name !== 'locks'));
  }
  return left;
}

/** The keys of a lake that neither a batch nor the published run nor one of its ancestors explains. */
export async function unexplainedIn(lake: Lake): Promise<string[]> {
  const batches = await readBatches(lake);
  const published = await requireCurrent(lake);
  const runs = (await readRuns(lake)).filter(({ id }) => id <= published.id);
  const explained = new Set(['current.json', ...runs.map(({ id }) => `runs/${id}/manifest.json`)]);
  const contents = new Set<string>();
  for (const batch of batches) {
    const files = ['batch.json', ...batch.tables.flatMap((table) => table.parquet), ...batch.rejects];
    for (const file of files) explained.add(`${batchKey(batch)}/${file}`);
    for (const { sha256 } of batch.files) contents.add(sha256);
  }
  for (const hash of runs.flatMap(({ steps }) => Object.values(steps))) {
    const record = await readStep(lake, hash);
    for (const file of ['step.json', ...(record?.files ?? [])]) explained.add(`${stepKey(hash)}/${file}`);
  }
  const left: string[] = [];
  for await (const { key } of lake.list('')) {
    const [, kind, name = ''] = key.split('/');
    // A number once taken stays taken.
    const isExplained = explained.has(key) || kind === 'sequence' || (kind === 'files' && contents.has(name));
    if (!isExplained) left.push(key);
  }
  return left;
}
