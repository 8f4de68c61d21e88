// Every model's table is the same on both engines, value for value.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { digest } from '../../src/engine/digest.js';
import type { Engine } from '../../src/engine/engine.js';
import { openSpark } from '../../src/engine/spark/engine.js';
import { modelSql } from '../../src/models/features/compile.js';
import type { ModelPlan } from '../../src/models/plan.js';
import { planProgression } from '../../src/models/progression.js';
import { planReadmission } from '../../src/models/readmission.js';
import { planRisk } from '../../src/models/risk.js';
import { generate } from '../../src/sources/generator/generate.js';
import { hasSpark, spark } from '../engine/spark/server.js';
import { sample } from '../sources/uci-diabetes/set.js';
import { type ModelPlace, openModelPlace } from './place.js';

describe.skipIf(!hasSpark)('with a Spark Connect server (CARELAKE_TEST_SPARK)', { timeout: 240_000 }, () => {
  let folder: string;
  let place: ModelPlace;
  let there: Engine;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'carelake-models-'));
    const out = join(folder, 'hospital');
    await generate({ patients: 300, seed: 11, dirty: 0.05, until: '2024-06-01', out });
    const files = ['patients.csv', 'visits.csv', 'prescriptions.csv', 'diagnoses.csv'];
    const read = files.map(async (name) => [name, await readFile(join(out, name), 'utf8')] as const);
    const uci = ['diabetic_data.csv', 'IDs_mapping.csv'] as const;
    const sampled = uci.map(async (name) => [name, await readFile(sample(name), 'utf8')] as const);
    place = await openModelPlace(
      Object.fromEntries(await Promise.all(read)),
      Object.fromEntries(await Promise.all(sampled)),
    );
    there = await openSpark({ address: spark });
  }, 240_000);
  afterAll(async () => {
    await there?.close();
    await place?.workspace.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function digestOn(engine: Engine, plan: ModelPlan): Promise<string> {
    const output = await mkdtemp(join(folder, 'out-'));
    const inputs = await place.tables();
    const { rows } = await engine.materialize({
      name: plan.model,
      sql: modelSql(plan, 'learn', engine.dialect),
      inputs,
      output,
    });
    expect(rows).toBeGreaterThan(plan.facts.dated ? 100 : 0);
    const files = (await readdir(output)).filter((name) => name.endsWith('.parquet'));
    return digest(
      place.workspace.engine,
      files.map((name) => join(output, name)),
    );
  }

  test.each([
    ['readmission, of a source with dates', 'default', planReadmission],
    ['readmission, of a source that has an order alone', 'uci-diabetes', planReadmission],
    ['risk', 'default', planRisk],
    ['progression', 'default', planProgression],
  ] as const)('%s', async (_what, source, planOf) => {
    const plan = planOf(await place.facts(source));
    expect(await digestOn(there, plan)).toBe(await digestOn(place.workspace.engine, plan));
  });

  test('Spark joins by equal keys alone', async () => {
    const facts = await place.facts();
    for (const plan of [planReadmission(facts), planRisk(facts), planProgression(facts)]) {
      const sql = modelSql(plan, 'learn', there.dialect);
      const physical = await there.explain({ name: plan.model, sql, inputs: await place.tables() });
      expect(physical).toMatch(/(BroadcastHash|SortMerge|ShuffledHash)Join/);
      expect(physical).not.toMatch(/NestedLoopJoin|CartesianProduct/);
    }
  });
});
