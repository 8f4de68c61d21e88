// A patient is the same vector from the table that models learn from, from the published run, and from a request.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { modelSql } from '../../src/models/features/compile.js';
import type { Column } from '../../src/models/features/encode.js';
import { fitSchema } from '../../src/models/features/fit-schema.js';
import { type Matrix, readMatrix } from '../../src/models/features/matrix.js';
import { RequestReader } from '../../src/models/features/request.js';
import type { FeatureSchema } from '../../src/models/features/schema.js';
import { casesOfPatients, encodeRequest, encodeValues } from '../../src/models/features/serve.js';
import type { ModelPlan } from '../../src/models/plan.js';
import { planProgression } from '../../src/models/progression.js';
import { planReadmission } from '../../src/models/readmission.js';
import { planRisk } from '../../src/models/risk.js';
import { generate } from '../../src/sources/generator/generate.js';
import { type ModelPlace, openModelPlace } from './place.js';

let folder: string;
let place: ModelPlace;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carelake-both-ways-'));
  const out = join(folder, 'hospital');
  await generate({ patients: 400, seed: 3, dirty: 0.05, until: '2024-06-01', out });
  const files = ['patients.csv', 'visits.csv', 'prescriptions.csv', 'diagnoses.csv'];
  const read = files.map(async (name) => [name, await readFile(join(out, name), 'utf8')] as const);
  place = await openModelPlace(Object.fromEntries(await Promise.all(read)));
});
afterAll(async () => {
  await place.workspace.close();
  await rm(folder, { recursive: true, force: true });
});

/** The table of a model for a purpose, its schema, and both as a matrix. */
async function learnt(plan: ModelPlan, purpose: 'learn' | 'predict') {
  const { engine } = place.workspace;
  const output = await mkdtemp(join(folder, 'out-'));
  const sql = modelSql(plan, purpose, engine.dialect);
  await engine.materialize({ name: plan.model, sql, inputs: await place.tables(), output });
  const paths = (await readdir(output)).map((name) => join(output, name));
  const schema = await fitSchema(plan, engine, paths);
  return { schema, matrix: await readMatrix(schema, engine, paths) };
}

const vector = (columns: readonly Column[], row: number): Record<string, number> =>
  Object.fromEntries(columns.map(({ name, values }) => [name, values[row] ?? Number.NaN]));

async function compare(plan: ModelPlan, schema: FeatureSchema, matrix: Matrix, patients: readonly string[]) {
  const reader = new RequestReader(schema);
  const { engine } = place.workspace;
  let compared = 0;
  const found = await casesOfPatients(schema, plan, engine, await place.tables(), patients);
  expect([...found.keys()].sort()).toEqual([...patients].sort());
  for (const { id, values } of found.values()) {
    const row = matrix.cases.indexOf(id);
    if (row < 0) continue;
    compared++;
    const served = encodeValues(schema, [values]);
    expect(vector(served.columns, 0)).toEqual(vector(matrix.columns, row));
    const asked = encodeRequest(schema, reader, served.values[0]);
    expect(vector(asked.columns, 0)).toEqual(vector(matrix.columns, row));
    expect(asked.warnings).toEqual([]);
  }
  return compared;
}

test('readmission learns from the vector that it predicts from', async () => {
  const plan = planReadmission(await place.facts());
  const { schema, matrix } = await learnt(plan, 'learn');
  expect(await compare(plan, schema, matrix, await alive(matrix, 8))).toBeGreaterThan(3);
});

test.each([
  ['risk', planRisk],
  ['progression', planProgression],
] as const)('%s is told of one patient what it is told of everybody', async (_name, planOf) => {
  const plan = planOf(await place.facts());
  const { schema, matrix } = await learnt(plan, 'predict');
  expect(await compare(plan, schema, matrix, await alive(matrix, 4))).toBe(4);
});

/** The first of the patients who are not known to have died. */
async function alive({ patients }: Matrix, most: number): Promise<string[]> {
  const dead = await place.workspace.ask<{ id: string }>('select patient_id as id from patient_summary where died');
  return patients.filter((patient) => !dead.some(({ id }) => id === patient)).slice(0, most);
}

test('of patients whom nobody knows there is nothing', async () => {
  const plan = planReadmission(await place.facts());
  const { schema, matrix } = await learnt(plan, 'learn');
  const [known = ''] = await alive(matrix, 1);
  const asked = ['nobody', known, "o'brien", known];
  const found = await casesOfPatients(schema, plan, place.workspace.engine, await place.tables(), asked);
  expect([...found.keys()]).toEqual([known]);
});

test('a model of other features than those of this version is refused', async () => {
  const plan = planReadmission(await place.facts());
  const { schema, matrix } = await learnt(plan, 'learn');
  const older = { ...schema, catalogHash: '0' };
  const asked = casesOfPatients(older, plan, place.workspace.engine, await place.tables(), matrix.patients.slice(0, 1));
  await expect(asked).rejects.toMatchObject({ code: 'MODEL_FEATURES_CHANGED' });
});
