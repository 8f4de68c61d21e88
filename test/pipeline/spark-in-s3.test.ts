// Steps that Spark reads and writes in S3 itself: nothing of them passes this machine, and the tables are those of DuckDB.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { digest } from '../../src/engine/digest.js';
import type { Engine } from '../../src/engine/engine.js';
import { openSpark } from '../../src/engine/spark/engine.js';
import { type Step, stepHash } from '../../src/engine/step.js';
import type { Direct, Lake } from '../../src/lake/lake.js';
import { openS3Lake } from '../../src/lake/s3.js';
import { readBatches } from '../../src/pipeline/batch.js';
import { ingest } from '../../src/pipeline/land/ingest.js';
import { planRun } from '../../src/pipeline/plan.js';
import { readStep, runSteps, type StepRecord, stepFiles } from '../../src/pipeline/runner.js';
import { generate } from '../../src/sources/generator/generate.js';
import { hasSpark, spark } from '../engine/spark/server.js';
import { type BucketOfTest, hasServer, makeBucket } from '../lake/s3-server.js';
import { openWorkspace, type Workspace } from './harness.js';

describe.skipIf(!hasSpark || !hasServer)('with Spark and S3 (CARELAKE_TEST_SPARK, CARELAKE_TEST_S3)', () => {
  let bucket: BucketOfTest;
  let lake: Lake;
  let engine: Engine;
  let here: Workspace;
  beforeAll(async () => {
    bucket = await makeBucket();
    lake = openS3Lake(bucket.options());
    const { access } = lake.direct as Direct;
    engine = await openSpark({ address: spark, s3: access });
    here = await openWorkspace({ lake: 'local' });
    const out = join(bucket.folder, 'hospital');
    await generate({ patients: 40, seed: 7, out, dirty: 0.1 });
    const paths = ['patients', 'visits'].map((table) => join(out, `${table}.csv`));
    for (const where of [lake, here.lake]) {
      await ingest({ paths }, { lake: where, lander: here.engine, clock: () => new Date('2031-01-01T12:00:00Z') });
    }
  }, 120_000);
  afterAll(async () => {
    await engine.close();
    await lake.close();
    await here.close();
    await bucket.remove();
  });

  /** The tables of patients and visits, cut into two buckets. */
  const wanted = async (where: Lake): Promise<Step> => {
    const batches = await readBatches(where);
    const bytes = batches.flatMap(({ files }) => files).reduce((most, file) => Math.max(most, file.bytes), 0);
    return planRun(batches, bytes / 2).published.visits as Step;
  };
  const digestIn = async (where: Lake, step: Step) => digest(here.engine, await stepFiles(where, stepHash(step)));

  test('the tables are equal, value for value, lie in buckets by patient, and nothing lies beside them', async () => {
    const refused = () => Promise.reject(new Error('A step came to this machine.'));
    const step = await wanted(lake);
    const made = await runSteps([step], { lake: { ...lake, checkout: refused, scratch: refused }, engine });
    expect(made.map(({ reused }) => reused)).not.toContain(true);

    await runSteps([await wanted(here.lake)], { lake: here.lake, engine: here.engine });
    expect(await digestIn(lake, step)).toBe(await digestIn(here.lake, await wanted(here.lake)));

    const { files } = (await readStep(lake, stepHash(step))) as StepRecord;
    const buckets = files.map((file) => /^made-[^/]+[/]_bucket=([0-9]+of[0-9]+)[/]part-[^/]+$/.exec(file)?.[1]);
    expect(new Set(buckets)).toEqual(new Set([undefined, '0of2', '1of2']));

    const named = new Set<string>();
    for (const { hash } of made) {
      const record = (await readStep(lake, hash)) as StepRecord;
      for (const file of ['step.json', ...record.files]) named.add(`steps/${hash}/${file}`);
    }
    for await (const { key } of lake.list('steps')) expect(named).toContain(key);
    const again = await runSteps([step], { lake, engine: here.engine });
    expect(again.map(({ reused }) => reused)).not.toContain(false);
  }, 400_000);
});
