// What a run makes, what it finds made, and what it leaves behind where it fails.
import { spawnSync } from 'node:child_process';
import { copyFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Engine } from '../../src/engine/engine.js';
import { stepHash } from '../../src/engine/step.js';
import { CarelakeError } from '../../src/errors.js';
import type { Lake } from '../../src/lake/lake.js';
import { run } from '../../src/pipeline/run.js';
import { readStep, stepFiles, stepKey } from '../../src/pipeline/runner.js';
import { ownName } from '../../src/process-identity.js';
import { openWorkspace, type Workspace } from './harness.js';

let workspace: Workspace;
beforeEach(async () => {
  workspace = await openWorkspace({ lake: 'local' });
  await workspace.land({
    'patients.csv': 'patient_id,name,age\np1,Ann,40\np2,Bob,50\np2,Bob,51\np3,Cid,412\n',
    'visits.csv': 'visit_id,patient_id,visit_date\nv1,p1,2024-01-05\nv2,p2,2024-02-06\n',
  });
});
afterEach(() => workspace.close());

const reusedNames = (steps: readonly { name: string; reused: boolean }[]) =>
  steps.filter(({ reused }) => reused).map(({ name }) => name);

/** The engine, but the step of this name fails, as if the machine had gone away in the middle. */
const failingAt = (engine: Engine, name: string): Engine => ({
  ...engine,
  async materialize(job) {
    if (job.name === name) throw new Error('the power went out');
    return engine.materialize(job);
  },
});

describe('steps side by side', () => {
  /** The engine, as one that likes several statements at a time. */
  const liking = (engine: Engine, atOnce: number, most: { atATime: number }): Engine => {
    let underWay = 0;
    return {
      ...engine,
      capabilities: { ...engine.capabilities, atOnce },
      async materialize(job) {
        underWay += 1;
        most.atATime = Math.max(most.atATime, underWay);
        try {
          return await engine.materialize(job);
        } finally {
          underWay -= 1;
        }
      },
    };
  };

  test('are as many as the engine likes, and come to the same run', async () => {
    const most = { atATime: 0 };
    const beside = await run(workspace.lake, liking(workspace.engine, 4, most));
    expect(most.atATime).toBe(4);
    const alone = await run(workspace.lake, liking(workspace.engine, 1, { atATime: 0 }), { full: true });
    expect(alone.manifest.id).toBe(beside.manifest.id);
    expect(alone.steps.map(({ name, rows }) => [name, rows])).toEqual(
      beside.steps.map(({ name, rows }) => [name, rows]),
    );
    expect(alone.steps.filter(({ replaced }) => replaced)).toEqual([]);
  });

  test('where one fails, what had ended is there for the next run, and what was under way leaves nothing', async () => {
    const most = { atATime: 0 };
    const failing = liking(failingAt(workspace.engine, 'link/visits'), 4, most);
    await expect(run(workspace.lake, failing)).rejects.toThrow('the power went out');
    expect(await workspace.lake.get('current.json')).toBeUndefined();
    const { steps, published } = await workspace.run();
    expect(published).toBe(true);
    expect(reusedNames(steps)).toContain('link/patients');
    expect(reusedNames(steps)).not.toContain('link/visits');
  });
});

describe('a second run', () => {
  test('with nothing new makes nothing and publishes nothing', async () => {
    const first = await workspace.run();
    const second = await workspace.run();
    expect(first.published).toBe(true);
    expect(second).toMatchObject({ published: false, manifest: { id: first.manifest.id } });
    expect(second.steps.filter(({ reused }) => !reused)).toEqual([]);
  });

  test('after a new batch cleans only that batch, and makes anew only what rests on it', async () => {
    const first = await workspace.run();
    await workspace.land({ 'more.csv': 'prescription_id,patient_id,drug_name\nr1,p1,Aspirin\n' }, { on: '2024-07-01' });
    const { steps, manifest, published } = await workspace.run();
    expect(published).toBe(true);
    expect(manifest).toMatchObject({ parent: first.manifest.id, as_of: '2024-07-01' });
    expect(manifest.id).toMatch(/^000002-/);
    const made = steps.filter(({ reused }) => !reused).map(({ name }) => name);
    expect(made.sort()).toEqual([
      'clean/prescriptions@2.prescriptions.0',
      'deduplicate/prescriptions',
      'dispositions',
      'issues',
      'link/prescriptions',
      'marts/data_end', // by as_of
      'marts/months',
      'marts/patient_summary',
      'marts/stays',
      'quality/months/counts',
      'quality/months/findings',
      'quality/patients/counts',
      'quality/patients/findings',
      'quality/prescriptions/counts',
      'quality/prescriptions/findings',
      'quality/records/counts',
      'quality/visits/counts',
      'quality/visits/findings',
      'twins/prescriptions',
    ]);
  });
});

describe('a run that fails in the middle', () => {
  test('publishes nothing, and the next one goes on where it stopped', async () => {
    const failed = run(workspace.lake, failingAt(workspace.engine, 'link/visits'));
    await expect(failed).rejects.toThrow('the power went out');
    await expect(workspace.manifest()).rejects.toMatchObject({ code: 'NOT_PUBLISHED' });
    const { steps, published } = await workspace.run();
    expect(published).toBe(true);
    expect(reusedNames(steps)).toEqual(
      expect.arrayContaining(['clean/patients@1.patients.0', 'link/patients', 'deduplicate/visits']),
    );
    expect(reusedNames(steps)).not.toContain('link/visits');
    expect(await workspace.lake.get('run.lock')).toBeUndefined();
  });

  test('leaves the published run as it was', async () => {
    const { manifest } = await workspace.run();
    await workspace.land({ 'later.csv': 'patient_id,name,age\np1,Anna,41\n' });
    await expect(run(workspace.lake, failingAt(workspace.engine, 'dispositions'))).rejects.toThrow();
    expect((await workspace.manifest()).id).toBe(manifest.id);
    expect(await workspace.rows('patients', `select name from t where patient_id = 'p1'`)).toEqual([{ name: 'Ann' }]);
  });

  test('is cancelled where its signal says so', async () => {
    const controller = new AbortController();
    const cancelled = workspace.run({
      signal: controller.signal,
      onProgress: ({ name }) => name === 'link/visits' && controller.abort(),
    });
    await expect(cancelled).rejects.toThrow();
    expect((await workspace.run()).published).toBe(true);
  });
});

describe('a full run', () => {
  test('makes every step again and keeps what it finds equal', async () => {
    const first = await workspace.run();
    const files = await stepFiles(workspace.lake, first.manifest.tables.visits?.step ?? '');
    const { steps, published, manifest } = await workspace.run({ full: true });
    expect(reusedNames(steps)).toEqual([]);
    expect(steps.filter(({ replaced }) => replaced)).toEqual([]);
    expect({ published, id: manifest.id }).toEqual({ published: false, id: first.manifest.id });
    expect(await stepFiles(workspace.lake, first.manifest.tables.visits?.step ?? '')).toEqual(files);
  });

  test.each([
    ['missing', (path: string) => rm(path)],
    ['damaged', (path: string) => writeFile(path, 'no Parquet')],
  ])('replaces an output that is %s, and publishes what it found to be right', async (_, harm) => {
    const first = await workspace.run();
    const before = await workspace.digests();
    const hash = first.manifest.tables.visits?.step ?? '';
    for (const path of await stepFiles(workspace.lake, hash)) await harm(path);
    const { steps, published, manifest } = await workspace.run({ full: true });
    expect(steps.filter(({ replaced }) => replaced).map(({ name }) => name)).toEqual(['link/visits']);
    expect(published).toBe(true);
    expect(manifest).toMatchObject({ parent: first.manifest.id, tables: first.manifest.tables });
    expect(manifest.id).toMatch(/^000002-/);
    expect(await workspace.digests()).toEqual(before);
    expect((await workspace.run()).published).toBe(false);
  });

  test('replaces an output that the engine fails to read, and no other failure is taken for one', async () => {
    const { manifest } = await workspace.run();
    const stored = await stepFiles(workspace.lake, manifest.tables.visits?.step ?? '');
    const failing = (isMeant: (paths: readonly string[]) => boolean): Engine => ({
      ...workspace.engine,
      query(job) {
        const isDigest = job.name.startsWith('digest') && isMeant(Object.values(job.inputs).flat());
        if (isDigest) throw new CarelakeError('ENGINE_FAILED', 'Spark says FAILED_READ_FILE.NO_HINT.');
        return workspace.engine.query(job);
      },
    });
    const { steps } = await run(
      workspace.lake,
      failing((paths) => paths.some((path) => stored.includes(path))),
      { full: true },
    );
    expect(steps.filter(({ replaced }) => replaced).map(({ name }) => name)).toEqual(['link/visits']);
    await expect(
      run(
        workspace.lake,
        failing(() => true),
        { full: true },
      ),
    ).rejects.toMatchObject({ code: 'ENGINE_FAILED' });
  });

  test('replaces an output that is another one in a single write: a reader always finds the step whole', async () => {
    const { manifest } = await workspace.run();
    const hash = manifest.tables.patients?.step ?? '';
    const other = manifest.tables.visits?.step ?? '';
    // Another step's files in the place of its own.
    const record = await readStep(workspace.lake, hash);
    const [path = ''] = await stepFiles(workspace.lake, hash);
    const [otherPath = ''] = await stepFiles(workspace.lake, other);
    await copyFile(otherPath, path);
    let seen = 0;
    const watched: Engine = {
      ...workspace.engine,
      async materialize(job) {
        const found = await workspace.lake.get(`${stepKey(hash)}/step.json`);
        if (found) seen += 1;
        return workspace.engine.materialize(job);
      },
    };
    const { steps } = await run(workspace.lake, watched, { full: true });
    expect(seen).toBe(steps.length);
    expect(steps.filter(({ replaced }) => replaced).map(({ name }) => name)).toEqual(['link/patients']);
    expect((await readStep(workspace.lake, hash))?.rows).toBe(record?.rows);
    // Whoever has begun to read the old file can go on.
    expect(await workspace.lake.checkout([`${stepKey(hash)}/${record?.files[0]}`])).toHaveLength(1);
    expect(await workspace.rows('patients', 'select name from t order by 1')).toEqual([
      { name: 'Ann' },
      { name: 'Bob' },
    ]);
  });
});

describe('the lock of a workspace', () => {
  const lock = (holder: object) =>
    workspace.lake.put(
      'run.lock',
      JSON.stringify({
        token: 'another',
        host: 'elsewhere',
        pid: 1,
        since: '2024-06-15T12:00:00.000Z',
        heartbeat: Date.now(),
        ...holder,
      }),
    );

  test('lets one of two runs at once go on', async () => {
    const runs = await Promise.allSettled([workspace.run(), workspace.run()]);
    const [refused] = runs.filter(({ status }) => status === 'rejected');
    expect(runs.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(refused).toMatchObject({ reason: { code: 'RUN_IN_PROGRESS' } });
    expect((await workspace.run()).published).toBe(false);
  });

  test('is respected while its holder is heard of', async () => {
    await lock({});
    await expect(workspace.run()).rejects.toMatchObject({
      code: 'RUN_IN_PROGRESS',
      message: expect.stringContaining('elsewhere'),
    });
    await expect(workspace.manifest()).rejects.toMatchObject({ code: 'NOT_PUBLISHED' });
  });

  test('is respected while its holder is heard of from another container of the same host name', async () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    await lock({ token: `${pid}-1-000000000000-000000000000`, host: hostname(), pid });
    await expect(workspace.run()).rejects.toMatchObject({ code: 'RUN_IN_PROGRESS' });
  });

  test('is taken over at once where its holder is a process of this machine that is gone', async () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    const token = (await ownName()).replace(`${process.pid}-`, `${pid}-`);
    await lock({ token, host: hostname(), pid });
    expect((await workspace.run()).published).toBe(true);
  });

  test('is taken over at once by the process that could not release it while the lake was away', async () => {
    const { lake } = workspace;
    const away: Lake = {
      ...lake,
      async remove(keys) {
        if (keys.includes('run.lock')) throw new CarelakeError('LAKE_UNREACHABLE', 'The lake is away.');
        return lake.remove(keys);
      },
    };
    await expect(run(away, failingAt(workspace.engine, 'link/visits'))).rejects.toThrow('the power went out');
    expect(await lake.get('run.lock')).toBeDefined();
    expect((await workspace.run()).published).toBe(true);
    expect(await lake.get('run.lock')).toBeUndefined();
  });

  test.each([
    ['has been silent for more than a minute', 61_000],
    ['beat in a future that a clock set back made', -3_600_000],
  ])('is taken over where its holder %s', async (_, age) => {
    await lock({});
    const { lake } = workspace;
    const later: Lake = {
      ...lake,
      async get(key) {
        const file = await lake.get(key);
        return file && key === 'run.lock' && String(file.body).includes('another') ? { ...file, age } : file;
      },
    };
    expect((await run(later, workspace.engine)).published).toBe(true);
    expect(await workspace.lake.get('run.lock')).toBeUndefined();
  });

  test('is respected where the lake does not say how old it is', async () => {
    await lock({});
    const { lake } = workspace;
    const ageless: Lake = {
      ...lake,
      get: async (key) => {
        const file = await lake.get(key);
        return file && { ...file, age: Number.NaN };
      },
    };
    await expect(run(ageless, workspace.engine)).rejects.toMatchObject({ code: 'LAKE_FAILED' });
  });

  test('is respected where the clock of its holder is an hour behind', async () => {
    await lock({ heartbeat: Date.now() - 3_600_000 });
    await expect(workspace.run()).rejects.toMatchObject({ code: 'RUN_IN_PROGRESS' });
  });

  test('that another process took over stops the run before it publishes', async () => {
    const losing: Engine = {
      ...workspace.engine,
      async materialize(job) {
        if (job.name === 'link/visits') await lock({});
        return workspace.engine.materialize(job);
      },
    };
    await expect(run(workspace.lake, losing)).rejects.toMatchObject({ code: 'RUN_LOCK_LOST' });
    await expect(workspace.manifest()).rejects.toMatchObject({ code: 'NOT_PUBLISHED' });
    // Nor is the step stored whose files the other may have collected in part.
    const { visits } = (await workspace.plan()).published;
    expect(visits && (await readStep(workspace.lake, stepHash(visits)))).toBeUndefined();
    // The lock is the other's, and stays.
    expect(JSON.parse(String((await workspace.lake.get('run.lock'))?.body))).toMatchObject({ token: 'another' });
  });
});
