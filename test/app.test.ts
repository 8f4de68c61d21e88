// What is published is brought to this machine table by table.
import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tablesCounted } from '../src/analytics/metrics/metrics.js';
import { tablesNamedIn } from '../src/analytics/query/query.js';
import { type App, publishedRun } from '../src/app.js';
import { duckdbDialect } from '../src/engine/dialects/duckdb.js';
import type { Engine } from '../src/engine/engine.js';
import { type Step, stepHash } from '../src/engine/step.js';
import { readCurrent } from '../src/pipeline/publish/manifest.js';
import { readStep } from '../src/pipeline/runner.js';
import { Workspace } from './doctor/workspace.js';

let workspace: Workspace;
beforeEach(async () => {
  workspace = await Workspace.fresh();
  await workspace.land();
  await workspace.run();
});
afterEach(() => workspace.remove());

test('only the tables that are needed are fetched', async () => {
  const { app } = workspace;
  const step = (await readCurrent(app.lake))?.manifest.tables.visits?.step ?? '';
  await rm(workspace.path(`steps/${step}/${(await readStep(app.lake, step))?.files[0]}`));
  let offered: readonly string[] = [];
  const published = await app.published((names) => {
    offered = names;
    return ['patients'];
  });
  expect(Object.keys(published)).toEqual(['patients']);
  expect(offered).toEqual(expect.arrayContaining(['patients', 'visits', 'patient_summary']));
  await expect(app.published()).rejects.toMatchObject({ code: 'LAKE_NOT_FOUND' });
});

test('a step that lies in the lake while it is made is made under the run lock, and not where it is there', async () => {
  const { lake, engine } = workspace.app;
  const step: Step = { kind: 'step', name: 'learn', version: 1, inputs: {}, sql: () => 'select 1 as n' };
  const held: boolean[] = [];
  const inStore: Engine = {
    ...(await engine()),
    capabilities: { reads: ['s3'], progress: false, atOnce: 1 },
    async materialize({ output }) {
      held.push((await lake.get('run.lock')) !== undefined);
      await lake.put(`${output}/part-0.parquet`, 'rows');
      return { rows: 1 };
    },
  };
  const app: App = {
    ...workspace.app,
    stepEngine: async () => inStore,
    lake: {
      ...lake,
      direct: {
        url: (key) => key,
        requireSealable: async () => undefined,
        open: () => Promise.reject(new Error('A file was read.')),
        access: () => Promise.reject(new Error('The keys were asked for.')),
        async seal(key, _, { name, body }) {
          await lake.put(`${key}/${name}`, body);
          return true;
        },
      },
    },
  };
  const { make } = await publishedRun(app);
  await make(step);
  expect([held, await lake.get('run.lock')]).toEqual([[true], undefined]);
  await lake.put('run.lock', '{"token":"another","host":"elsewhere","pid":1,"since":"now","heartbeat":0}');
  expect(await make(step)).toHaveLength(1);
  await expect(make({ ...step, name: 'learn more' })).rejects.toMatchObject({ code: 'RUN_IN_PROGRESS' });
  expect(await readStep(lake, stepHash(step))).toMatchObject({ rows: 1 });
});

test('a statement needs the tables whose names it holds, in whatever case', () => {
  const names = ['patients', 'visits', 'patient_summary'];
  expect(tablesNamedIn('select * from Patients p join "VISITS" v using (patient_id)', names)).toEqual([
    'patients',
    'visits',
  ]);
  expect(tablesNamedIn('select 1', names)).toEqual([]);
});

test('a question about metrics needs the tables that it counts, and those that lead to its dimensions', () => {
  const tablesOf = (query: unknown) => tablesCounted(query, duckdbDialect).sort();
  expect(tablesOf({ metrics: ['total_patients'], by: ['gender'] })).toEqual(['patient_summary']);
  expect(tablesOf({ metrics: ['total_visits'], where: { gender: 'Female' } })).toEqual(['patient_summary', 'visits']);
  expect(tablesOf({ metrics: ['prescriptions_per_visit'] })).toEqual(['prescriptions', 'visits']);
});
