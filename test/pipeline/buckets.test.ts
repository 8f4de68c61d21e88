// A run whose tables are cut into buckets makes the rows of one whose tables are whole.
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { bucketNumber, bucketOf } from '../../src/engine/bucket.js';
import { type Engine, rowsOf } from '../../src/engine/engine.js';
import { stepHash } from '../../src/engine/step.js';
import { planRun, stepsOf } from '../../src/pipeline/plan.js';
import { run } from '../../src/pipeline/run.js';
import { inOrder, readStep, stepFiles, stepKey } from '../../src/pipeline/runner.js';
import { fixedBatches } from './fixed-batches.js';
import { openWorkspace, type Workspace } from './harness.js';

let workspaces: Workspace[] = [];
afterEach(async () => {
  for (const workspace of workspaces) await workspace.close();
  workspaces = [];
});
const open = async (lake: 'memory' | 'local' = 'memory') => {
  const workspace = await openWorkspace({ lake });
  workspaces.push(workspace);
  return workspace;
};

/** Bytes per bucket that cut the largest table of the newest plan into `count`. */
async function bytesFor(workspace: Workspace, count: number): Promise<number> {
  const bytes = new Map<string, number>();
  for (const { batch, reading } of (await workspace.plan()).clean) {
    const own = batch.files.filter((file) => file.rawTable === reading.rawTable.name);
    const sum = own.reduce((total, file) => total + file.bytes, 0);
    bytes.set(reading.table, (bytes.get(reading.table) ?? 0) + sum);
  }
  return (Math.max(...bytes.values()) / count) * 1.001;
}

/** The hash of every step of the published run, and its rows. */
async function outputs(workspace: Workspace): Promise<Record<string, unknown>> {
  const { steps } = await workspace.manifest();
  const found: Record<string, unknown> = {};
  for (const [name, hash] of Object.entries(steps)) {
    const rows = await workspace.rows(name, 'select * from t order by all');
    found[name] = { hash, rows };
  }
  return found;
}

const runAt = async (workspace: Workspace, count: number, options = {}) =>
  workspace.run({ bucketBytes: await bytesFor(workspace, count), ...options });

type Files = Record<string, string>;
const csv = (header: string, rows: readonly string[]): string => `${[header, ...rows].join('\n')}\n`;

/** Few patients and ids, so that rows of one key, orphans and rows without a patient are frequent. */
const batch: fc.Arbitrary<Files> = fc
  .record({
    patients: fc.array(fc.tuple(fc.nat(11), fc.integer({ min: 0, max: 130 })), { maxLength: 14 }),
    visits: fc.array(fc.tuple(fc.nat(24), fc.option(fc.nat(13)), fc.nat(300), fc.nat(9), fc.boolean()), {
      minLength: 1,
      maxLength: 40,
    }),
    prescriptions: fc.array(fc.tuple(fc.nat(24), fc.option(fc.nat(13)), fc.option(fc.nat(26))), { maxLength: 30 }),
  })
  .map(({ patients, visits, prescriptions }) => {
    const id = (letter: string, n: number | null) => (n === null ? '' : `${letter}${n}`);
    const day = (n: number) => new Date(Date.UTC(2023, 0, 1 + n)).toISOString().slice(0, 10);
    return {
      'patients.csv': csv(
        'patient_id,age,gender',
        patients.map(([p, age]) => `${id('p', p)},${age},Male`),
      ),
      'visits.csv': csv(
        'visit_id,patient_id,visit_date,discharge_date,visit_type,severity_score',
        visits.map(
          ([v, p, from, stay, inpatient]) =>
            `${id('v', v)},${id('p', p)},${day(from)},${day(from + stay)},${inpatient ? 'inpatient' : 'outpatient'},${stay}`,
        ),
      ),
      'prescriptions.csv': csv(
        'prescription_id,patient_id,visit_id,drug_name',
        prescriptions.map(([r, p, v]) => `${id('r', r)},${id('p', p)},${id('v', v)},Aspirin`),
      ),
    };
  });

/** More than one batch, each run after it landed: what is stored lies in several cuts. */
async function runsAt(files: readonly Files[], counts: readonly number[]): Promise<Record<string, unknown>> {
  const workspace = await open();
  for (const [index, content] of files.entries()) {
    await workspace.land(content, { on: `2024-06-${15 + index}` });
    await runAt(workspace, counts[index % counts.length] ?? 1);
  }
  const made = await outputs(workspace);
  await workspace.close();
  workspaces = workspaces.filter((one) => one !== workspace);
  return made;
}

test('every step has the same rows whatever the number of buckets, and whatever it was for earlier batches', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(batch, { minLength: 1, maxLength: 2 }), async (files) => {
      const whole = await runsAt(files, [1]);
      for (const counts of [[2], [8], [1, 8], [8, 1]]) expect(await runsAt(files, counts)).toEqual(whole);
    }),
    { numRuns: 2 },
  );
}, 300_000);

const small: Files = {
  'patients.csv': csv('patient_id,age', ['p1,40', 'p2,50', 'p3,60']),
  'visits.csv': csv('visit_id,patient_id,visit_date,visit_type', [
    ...Array.from({ length: 60 }, (_, n) => `v${n},p1,2024-01-${String(1 + (n % 28)).padStart(2, '0')},inpatient`),
    'v90,p2,2024-02-06,outpatient',
    'v91,,2024-02-06,outpatient',
  ]),
  'prescriptions.csv': csv('prescription_id,patient_id,visit_id,drug_name', [
    'r1,p1,v1,Aspirin',
    'r2,,v90,Aspirin',
    'r3,p3,v90,Aspirin',
    'r4,,v99,Aspirin',
  ]),
};

describe('a run in 16 buckets, of which most are empty and one holds a patient with most of the visits', () => {
  test('stores each row of a table that is cut in the folder of its bucket', async () => {
    const workspace = await open();
    await workspace.land(small);
    await runAt(workspace, 16);
    const { lake, engine } = workspace;
    const plan = planRun((await workspace.plan()).batches, await bytesFor(workspace, 16));
    const cut = inOrder(stepsOf(plan)).filter((step) => (step.cut?.count ?? 1) > 1);
    expect(cut.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['clean/visits@1.visits.0', 'link/visits', 'link/prescriptions', 'marts/stays']),
    );
    for (const step of cut) {
      const count = step.cut?.count ?? 1;
      const record = await readStep(lake, stepHash(step));
      const paths = await stepFiles(lake, stepHash(step));
      for (const [index, file] of (record?.files ?? []).entries()) {
        const number = bucketNumber(engine.dialect, { by: ['source', 'patient_id'], count });
        const sql = `select distinct ${number} as b from t`;
        const found = await rowsOf(engine, { name: 'buckets', sql, inputs: { t: [paths[index] ?? ''] } });
        const bucket = bucketOf(file);
        if (found.length > 0) expect({ found, of: bucket?.of }).toEqual({ found: [{ b: bucket?.number }], of: count });
      }
    }
  });

  test('makes what one in a single piece makes', async () => {
    expect(await runsAt([small], [16])).toEqual(await runsAt([small], [1]));
  });

  test('is found made by one in another number, which makes nothing', async () => {
    const workspace = await open();
    await workspace.land(small);
    const first = await runAt(workspace, 16);
    const second = await runAt(workspace, 1);
    expect(second.steps.filter(({ reused }) => !reused)).toEqual([]);
    expect(second).toMatchObject({ published: false, manifest: { id: first.manifest.id } });
  });
});

test('the hashes of a plan do not know of buckets', () => {
  const hashes = (bytes?: number) => inOrder(stepsOf(planRun(fixedBatches, bytes))).map(stepHash);
  expect(hashes(10)).toEqual(hashes());
});

test('a crash between two buckets leaves no step, and the next run completes', async () => {
  const workspace = await open('local');
  await workspace.land(small);
  const dying: Engine = {
    ...workspace.engine,
    async materialize(job) {
      if (job.name !== 'link/visits') return workspace.engine.materialize(job);
      const stop = new AbortController();
      // Half of the buckets are written by then.
      const onProgress = (fraction: number) => fraction >= 0.5 && stop.abort();
      const watched = { ...job, onProgress, signal: stop.signal };
      return workspace.engine.materialize(watched);
    },
  };
  const bucketBytes = await bytesFor(workspace, 16);
  await expect(run(workspace.lake, dying, { bucketBytes })).rejects.toMatchObject({ code: 'ENGINE_CANCELLED' });
  const plan = planRun((await workspace.plan()).batches, bucketBytes);
  const hash = stepHash(plan.published.visits as (typeof plan.clean)[number]['step']);
  const left: string[] = [];
  for await (const { key } of workspace.lake.list(stepKey(hash))) left.push(key);
  expect(left).toEqual([]);
  expect((await workspace.run({ bucketBytes })).published).toBe(true);
  expect(await outputs(workspace)).toEqual(await runsAt([small], [1]));
});

test('a full run in another number of buckets finds the outputs equal and leaves them', async () => {
  const workspace = await open('local');
  await workspace.land(small);
  await runAt(workspace, 8);
  const full = await runAt(workspace, 2, { full: true });
  expect(full.steps.filter(({ reused }) => reused)).toEqual([]);
  expect(full.steps.filter(({ replaced }) => replaced)).toEqual([]);
});
