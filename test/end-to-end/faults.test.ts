// What surrounds the program fails it: a full disk, a folder that may not be written, two at once, a clock set back, files
// of the lake that were damaged. A coded error or the right result, and nothing is lost.
import { execFileSync } from 'node:child_process';
import { cp, mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../src/engine/engine.js';
import type { Lander } from '../../src/engine/lander.js';
import { ingest } from '../../src/pipeline/land/ingest.js';
import { mayMount } from './may-mount.js';
import { ended, type IngestDocument, Place, type StatusDocument } from './place.js';
import { digests, lakeOf, openEngine, unexplained } from './workspace.js';

let home: Place;
let engine: Engine & Lander;
let hospital: string;
/** The digests of what an undisturbed workspace publishes of the hospital. */
let right: Record<string, string>;
/** A workspace in which the hospital has landed and run. */
let finished: Place;

beforeAll(async () => {
  home = await Place.make();
  engine = await openEngine(home);
  hospital = join(home.path, 'hospital');
  await home.json(['generate', '--patients', '2000', '--seed', '3', '--out', hospital]);
  finished = await workspace('finished');
  await finished.json(['ingest', hospital]);
  await finished.json(['run']);
  right = await digests(lakeOf(finished), engine);
});
afterAll(async () => {
  await engine?.close();
  await home.remove();
});

async function workspace(name: string): Promise<Place> {
  const place = new Place(join(home.path, name));
  await mkdir(place.path);
  return place;
}

async function copyOfFinished(name: string): Promise<Place> {
  const place = await workspace(name);
  await cp(finished.path, place.path, { recursive: true });
  return place;
}

/** Lands, runs and finds what is right, with nothing left over. */
async function completes(place: Place): Promise<void> {
  await place.json(['ingest', hospital]);
  await place.json(['run']);
  expect(await digests(lakeOf(place), engine)).toEqual(right);
  await place.json(['gc', '--grace', '0']);
  expect(await unexplained(place)).toEqual([]);
}

describe.skipIf(!mayMount)('on a disk of its own (which takes the superuser)', () => {
  const mount = (...args: readonly string[]) => execFileSync('mount', args);

  async function onDisk(name: string, kilobytes: number, work: (place: Place) => Promise<void>): Promise<void> {
    const place = await workspace(name);
    mount('-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', place.path);
    try {
      await work(place);
    } finally {
      execFileSync('umount', [place.path]);
    }
  }
  const resize = (place: Place, kilobytes: number) => mount('-o', `remount,size=${kilobytes}k`, place.path);

  // Of landing first the copies of the files find no space (2.4 MB), then their records as text, then the tables.
  test.each([0, 1500, 2700, 3100, 3500])(
    'that is full after %d kB landing says so, keeps nothing of it, and lands when there is space',
    async (kilobytes) => {
      await onDisk(`full-${kilobytes}`, kilobytes + 100, async (place) => {
        const { code, stdout, stderr } = await place.run(['ingest', hospital, '--json'], elsewhere());
        if (code !== 0) {
          expect({ code, stderr, ...JSON.parse(stdout) }).toMatchObject({ code: 'LAKE_DISK_FULL', stderr: '' });
          expect(await readdir(place.lake('raw/batches')).catch(() => [])).toEqual([]);
        } else {
          expect(kilobytes).toBeGreaterThan(2500);
        }
        resize(place, 50_000);
        await completes(place);
      });
    },
  );

  test('that is full while running says so, publishes nothing, and runs when there is space', async () => {
    await onDisk('full-run', 50_000, async (place) => {
      await place.json(['ingest', hospital]);
      for (const spare of [100, 400, 900]) {
        const used = Number(execFileSync('df', ['--output=used', '-k', place.path]).toString().split('\n')[1]);
        resize(place, used + spare);
        expect(await place.failure(['run'], elsewhere())).toMatchObject({ exit: 1, code: 'LAKE_DISK_FULL' });
        expect((await place.json<StatusDocument>(['status'])).run).toBeNull();
      }
      resize(place, 50_000);
      await completes(place);
    });
  });

  test('that is read-only is said as such by what writes, and can be read', async () => {
    await onDisk('read-only', 50_000, async (place) => {
      await place.json(['ingest', hospital]);
      await place.json(['run']);
      mount('-o', 'remount,ro', place.path);
      for (const command of [['ingest', hospital], ['run'], ['gc']]) {
        const { exit, code, fix } = await place.failure(command, elsewhere());
        expect({ exit, code }).toEqual({ exit: 1, code: 'LAKE_READ_ONLY' });
        expect(fix).toContain('--data');
      }
      // Without a folder for temporary files elsewhere it is that one which is named first.
      expect(await place.failure(['run'])).toMatchObject({
        code: 'ENGINE_TEMP',
        fix: expect.stringContaining('CARELAKE_TEMP'),
      });
      expect((await place.json<StatusDocument>(['status'])).tables.patients?.rows).toBeGreaterThan(1900);
      const { stdout } = await place.run(['query', 'select count(*) > 1900 from patients', '--json'], elsewhere());
      expect(JSON.parse(stdout).rows).toEqual([[true]]);
    });
  });

  /** Temporary files of the engine on another disk, so that it is the lake's that is full or closed. */
  const elsewhere = () => ({ environment: { CARELAKE_TEMP: join(home.path, 'temporary') } });
});

describe('two at once', () => {
  test('runs: one publishes, the other waits its turn with a coded error or finds nothing new', async () => {
    const place = await workspace('two-runs');
    await place.json(['ingest', hospital]);
    const ends = await Promise.all([0, 1, 2].map(() => place.run(['run', '--json'])));
    const codes = ends.map(({ code, stdout }) => (code === 0 ? 'done' : JSON.parse(stdout).code));
    expect(codes).toContain('done');
    for (const code of codes) expect(['done', 'RUN_IN_PROGRESS']).toContain(code);
    await completes(place);
    expect((await place.json<{ runs: unknown[] }>(['runs'])).runs).toHaveLength(1);
  });

  test('landings of different files: both land, whatever their order', async () => {
    const place = await workspace('two-landings');
    const [a, b] = await Promise.all([
      place.json<IngestDocument>(['ingest', join(hospital, 'patients.csv'), join(hospital, 'visits.csv')]),
      place.json<IngestDocument>(['ingest', join(hospital, 'prescriptions.csv'), join(hospital, 'diagnoses.csv')]),
    ]);
    expect(a.batches[0]?.id).not.toBe(b.batches[0]?.id);
    const { tables, accounting } = await place.json<StatusDocument>(['run']);
    expect(accounting).toHaveLength(4);
    expect(tables).toEqual((await finished.json<StatusDocument>(['status'])).tables);
  });

  test('landings of the same files: every row is published once', async () => {
    const place = await workspace('same-landings');
    await Promise.all([0, 1].map(() => place.json(['ingest', hospital])));
    const { tables } = await place.json<StatusDocument>(['run']);
    expect(tables).toEqual((await finished.json<StatusDocument>(['status'])).tables);
  });

  test('landing and running: the run takes what has landed, the next one the rest', async () => {
    const place = await copyOfFinished('landing-and-running');
    await writeFile(join(place.path, 'visits.csv'), 'visit_id,patient_id,visit_date\nextra,P1,2024-05-01\n');
    const [, run] = await Promise.all([place.json(['ingest', 'visits.csv']), place.json<StatusDocument>(['run'])]);
    const before = (await finished.json<StatusDocument>(['status'])).tables.visits?.rows ?? 0;
    expect([before, before + 1]).toContain(run.tables.visits?.rows);
    expect((await place.json<StatusDocument>(['run'])).tables.visits?.rows).toBe(before + 1);
  });
});

test('a clock set back is told, and dates are judged by the day that was reached', async () => {
  const place = await workspace('clock');
  const visits = (id: string, date: string) => `visit_id,patient_id,visit_date\n${id},p1,${date}\n`;
  await writeFile(join(place.path, 'visits.csv'), visits('v1', '2098-12-31'));
  await ingest(
    { paths: [join(place.path, 'visits.csv')] },
    { lake: lakeOf(place), lander: engine, clock: () => new Date(2099, 0, 15, 12) },
  );
  // The program's own clock is decades behind.
  await writeFile(join(place.path, 'visits.csv'), `${visits('v2', '2099-01-15')}v3,p1,2099-01-16\n`);
  const { code, stderr } = await place.run(['ingest', 'visits.csv']);
  expect(code).toBe(0);
  expect(stderr).toMatch(
    /^The clock says 20.*, but the newest batch landed at 2099-01-15T.*: taking that for today\.\n$/,
  );
  const { run, tables } = await place.json<StatusDocument>(['run']);
  expect(run?.as_of).toBe('2099-01-15');
  expect(tables.visits).toEqual({ rows: 2 });
  expect(await place.json(['rejects'])).toMatchObject({ total: 1, rejects: [{ line: 3, code: 'in_future' }] });
});

describe('a damaged file of the lake is named:', () => {
  test('current.json, after which deleting it and running publishes again', async () => {
    const place = await copyOfFinished('damaged-current');
    for (const damage of ['{"run": "0000', '', '"text"']) {
      await writeFile(place.lake('current.json'), damage);
      for (const command of [['status'], ['run'], ['query', 'select 1'], ['export', 'csv', 'out'], ['gc']]) {
        const failure = await place.failure(command);
        expect(failure).toMatchObject({
          exit: 1,
          code: 'LAKE_DAMAGED',
          detail: expect.stringContaining('current.json'),
        });
      }
    }
    await rm(place.lake('current.json'));
    await completes(place);
  });

  test('the manifest of the published run, cut short or gone', async () => {
    const place = await copyOfFinished('damaged-manifest');
    const { id } = await place.manifest();
    const path = place.lake('runs', id, 'manifest.json');
    await truncate(path, 100);
    expect(await place.failure(['status'])).toMatchObject({
      code: 'LAKE_DAMAGED',
      detail: expect.stringContaining(id),
    });
    await rm(path);
    expect(await place.failure(['status'])).toMatchObject({
      code: 'LAKE_NOT_FOUND',
      detail: expect.stringContaining(id),
    });
    await rm(place.lake('current.json'));
    await completes(place);
  });

  test('the Parquet file of a table, which run --full makes again', async () => {
    const place = await copyOfFinished('damaged-parquet');
    const step = (await place.manifest()).tables.visits?.step ?? '';
    const path = place.lake('steps', step, 'part-0.parquet');
    const whole = await readFile(path);
    const damaged = {
      cut: whole.subarray(0, whole.length >> 1),
      empty: Buffer.alloc(0),
      overwritten: Buffer.alloc(whole.length, 'x'),
    };
    for (const content of Object.values(damaged)) {
      await writeFile(path, content);
      for (const command of [
        ['query', 'select * from visits'],
        ['export', 'csv', 'out', '--tables', 'visits'],
      ]) {
        const failure = await place.failure(command);
        expect(failure).toMatchObject({ exit: 1, code: 'LAKE_DAMAGED', detail: expect.stringContaining(path) });
      }
      expect((await place.run(['doctor'])).stdout).toContain(path);
      await rm(join(place.path, 'out'), { recursive: true });
    }
    await place.json(['run', '--full']);
    expect(await digests(lakeOf(place), engine)).toEqual(right);
  });

  test('a batch, whose records no run then leaves out', async () => {
    const place = await copyOfFinished('damaged-batch');
    const [batch = ''] = await readdir(place.lake('raw/batches'));
    await truncate(place.lake('raw/batches', batch, 'batch.json'), 10);
    for (const command of [['run'], ['ingest', hospital]]) {
      expect(await place.failure(command)).toMatchObject({
        code: 'LAKE_DAMAGED',
        detail: expect.stringContaining(batch),
      });
    }
    expect((await place.json<StatusDocument>(['status'])).run).not.toBeNull();
  });

  test('a raw table of a batch', async () => {
    const place = await workspace('damaged-raw');
    await place.json(['ingest', hospital]);
    const [batch = ''] = await readdir(place.lake('raw/batches'));
    const parquet = (await readdir(place.lake('raw/batches', batch))).find((name) => name.startsWith('visits-0')) ?? '';
    await truncate(place.lake('raw/batches', batch, parquet), 500);
    const failure = await place.failure(['run']);
    expect(failure).toMatchObject({ exit: 1, code: 'LAKE_DAMAGED', detail: expect.stringContaining(parquet) });
  });
});

test('a process that ends while a reader has the tables open takes nothing from it', async () => {
  const place = await copyOfFinished('reader');
  await writeFile(join(place.path, 'visits.csv'), 'visit_id,patient_id,visit_date\nextra,P1,2024-05-01\n');
  const reader = place.start([
    'query',
    'select count(*), sum(a.severity_score * b.severity_score) > 0 from visits a, visits b',
    '--json',
  ]);
  const read = ended(reader);
  await place.json(['ingest', 'visits.csv']);
  await place.json(['run']);
  await place.json(['gc', '--keep', '1', '--grace', '0']);
  const { code, stdout, stderr } = await read;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const rows = (await finished.json<StatusDocument>(['status'])).tables.visits?.rows ?? 0;
  expect(JSON.parse(stdout).rows).toEqual([[rows * rows, true]]);
});
