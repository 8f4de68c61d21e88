// The same dirty files landed and run with other threads and in another order publish the same content and account.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDuckdb } from '../../src/engine/duckdb/engine.js';
import { ingest } from '../../src/pipeline/land/ingest.js';
import { type FileRow, Place, type StatusDocument } from './place.js';
import { digests, lakeOf, openEngine } from './workspace.js';

/** Two hospitals that give the same ids to different patients: which record wins must not hang on chance. */
const hospitals = { east: '1', west: '2' } as const;
const tables = ['patients', 'visits', 'prescriptions', 'diagnoses'] as const;

let home: Place;
let files: string[];
beforeAll(async () => {
  home = await Place.make();
  for (const [name, seed] of Object.entries(hospitals)) {
    await home.json(['generate', '--patients', '2000', '--dirty', '0.05', '--seed', seed, '--out', name]);
  }
  files = Object.keys(hospitals).flatMap((name) => tables.map((table) => join(home.path, name, `${table}.csv`)));
});
afterAll(() => home.remove());

interface Published {
  readonly content: Readonly<Record<string, string>>;
  readonly accounting: readonly FileRow[];
  readonly counts: Pick<StatusDocument, 'tables' | 'orphans' | 'twins'>;
}

async function published(name: string, threads: number, paths: readonly string[]): Promise<Published> {
  const place = new Place(join(home.path, name));
  await mkdir(place.path);
  const lake = lakeOf(place);
  const lander = await openDuckdb({ memory: 2 ** 30, threads, temporary: join(place.path, 'landing') });
  try {
    // One day for all, however close to midnight the tests run.
    await ingest({ paths }, { lake, lander, clock: () => new Date('2031-01-01T12:00:00Z') });
  } finally {
    await lander.close();
  }
  const environment = { CARELAKE_THREADS: String(threads) };
  await place.json(['run'], { environment });
  const { accounting, tables, orphans, twins } = await place.json<StatusDocument>(['status'], { environment });
  const engine = await openEngine(place);
  try {
    return { content: await digests(lake, engine), accounting, counts: { tables, orphans, twins } };
  } finally {
    await engine.close();
  }
}

test('one thread or two, whatever the order of the files: equal content of every table, equal account of every file', async () => {
  const once = await published('once', 1, files);
  expect(once.accounting).toHaveLength(files.length);
  const east = once.accounting.find(({ file }) => file === 'east/patients.csv');
  expect(east?.duplicates).toBeGreaterThan(1000);
  const filled = Object.keys(once.content).filter((table) => once.counts.tables[table]?.rows !== 0);
  expect(filled).toEqual(expect.arrayContaining([...tables, 'patient_summary', 'stays', 'months']));
  expect(new Set(filled.map((table) => once.content[table])).size).toBe(filled.length);
  expect(await published('reversed', 2, [...files].reverse())).toEqual(once);
  // A permutation that parts the tables and the hospitals: 8 files, and 3 shares no factor with 8.
  const permuted = files.map((_, n) => files[(n * 3) % files.length] ?? '');
  expect(await published('permuted', 2, permuted)).toEqual(once);
});
