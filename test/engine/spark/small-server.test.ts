// A Spark with little memory and without the jars that read S3: coded errors, and the next run goes on from the last finished step.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Engine, rowsOf } from '../../../src/engine/engine.js';
import { openSpark } from '../../../src/engine/spark/engine.js';
import type { Step } from '../../../src/engine/step.js';
import { runSteps } from '../../../src/pipeline/runner.js';
import { openWorkspace, type Workspace } from '../../pipeline/harness.js';
import { hasSpark, type OwnServer, startSpark } from './server.js';
import { freePort } from './wire.js';

/** One row of 10 GB. */
const tooMuch = `select length(concat_ws('', collect_list(repeat(cast(id as string), 1000)))) as n from range(0, 10000000, 1, 2)`;

describe.skipIf(!hasSpark)('with a server of its own (CARELAKE_TEST_SPARK)', () => {
  let server: OwnServer;
  let engine: Engine;
  let workspace: Workspace;
  beforeAll(async () => {
    const port = await freePort();
    server = await startSpark({ port, executor: 512, s3: false });
    engine = await openSpark({ address: `sc://127.0.0.1:${port}` });
    workspace = await openWorkspace({ lake: 'local' });
    await workspace.land({ 'patients.csv': 'patient_id,age\np1,40\np2,50\n' });
  }, 180_000);
  afterAll(async () => {
    await engine.close();
    await server.kill();
    await workspace.close();
  }, 60_000);

  test('a machine that runs out of memory: the step is named, and only it and what rests on it is made by the next run', async () => {
    const wanted = [(await workspace.plan()).published.patients as Step];
    const hungry: Engine = {
      ...engine,
      materialize: (job) => engine.materialize(job.name === 'link/patients' ? { ...job, sql: tooMuch } : job),
    };
    await expect(runSteps(wanted, { lake: workspace.lake, engine: hungry })).rejects.toMatchObject({
      code: 'ENGINE_OUT_OF_MEMORY',
      message: expect.stringContaining('link/patients'),
    });
    const again = await runSteps(wanted, { lake: workspace.lake, engine });
    expect(again.filter(({ reused }) => !reused).map(({ name }) => name)).toEqual(['link/patients']);
    expect(again.at(-1)).toMatchObject({ name: 'link/patients', rows: 2 });
  }, 300_000);

  test('S3 that it has no reader for is what it cannot do, said before it makes anything', async () => {
    const read = rowsOf(engine, { name: 'clean/visits@1', sql: 'select * from t', inputs: { t: ['s3://bucket/t'] } });
    await expect(read).rejects.toMatchObject({
      code: 'ENGINE_UNABLE',
      message: expect.stringContaining('hadoop-aws'),
    });
  });
});
