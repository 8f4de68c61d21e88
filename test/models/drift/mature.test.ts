// Predictions of known patients and what became of them, told from histories that can be read.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LaterRun, maturePredictions } from '../../../src/models/drift/mature.js';
import { outcomeDrift } from '../../../src/models/drift/outcomes.js';
import type { ModelName } from '../../../src/models/plan.js';
import { planOf } from '../../../src/models/plans.js';
import type { Serving } from '../../../src/models/predict/served.js';
import { storeVersion } from '../../../src/models/registry.js';
import { openMemoryRecords } from '../../../src/records/memory.js';
import type { Prediction } from '../../../src/records/predictions.js';
import { readmissionCard } from '../card/example.js';
import { files } from '../history-of-one.js';
import { type ModelPlace, openModelPlace } from '../place.js';

const version = '000001-aaaaaaaaaaaa';
const now = new Date('2024-07-01T00:00:00Z');

let place: ModelPlace;
beforeAll(async () => {
  place = await openModelPlace(files);
  // Trained in the spring of 2022: what followed was not known then.
  const facts = { ...(await place.facts()), dataEnd: '2022-03-01', asOf: '2022-03-01' };
  for (const model of ['readmission', 'risk', 'progression'] as const) {
    const serving = { format: 1, schema: { source: 'default' }, facts, inputs: [] } as unknown as Serving;
    const card = { ...readmissionCard, model, version };
    await storeVersion(place.workspace.lake, card, { 'serving.json': JSON.stringify(serving) });
  }
});
afterAll(() => place.workspace.close());

const later = async (): Promise<LaterRun> => {
  const { id, as_of: asOf } = await place.workspace.manifest();
  return {
    run: id,
    published: async () => ({ engine: place.workspace.engine, asOf, paths: await place.tables() }),
  };
};

const result = {
  readmission: { probability: 0.25 },
  risk: { risk_score: 25 },
  progression: { probabilities: { improving: 0.25, stable: 0.5, worsening: 0.25 } },
};

const predicted = (
  model: ModelName,
  id: string,
  date: string | null,
  patient: string | null = 'p1',
  more: Partial<Prediction> = {},
): Prediction => ({
  id: randomUUID(),
  model,
  version,
  inputHash: '',
  inputs: null,
  result: { ...result[model], case: date === null ? null : { id, index_date: date } },
  at: '2024-06-01T00:00:00.000Z',
  patient,
  ...more,
});

/** What became of each, by its case. */
async function outcomes(predictions: readonly Prediction[]) {
  const records = openMemoryRecords();
  await records.predictions.keep(predictions);
  const matured = await maturePredictions(place.workspace.lake, await later(), records.predictions, now);
  const found = new Map<string, unknown>();
  for (const { model } of predictions) {
    for await (const one of records.predictions.read({ model })) {
      found.set(predictions.find(({ id }) => id === one.id)?.id ?? '', one.outcome?.value);
    }
  }
  return { records, matured, values: predictions.map(({ id }) => found.get(id)) };
}

test('a readmission is what the table of stays says, once thirty days have passed', async () => {
  const { matured, values } = await outcomes([
    predicted('readmission', 'a2', '2022-01-20'),
    predicted('readmission', 'a3', '2022-02-07'),
    predicted('readmission', 'b1', '2023-06-02', 'p2'),
    // Part of the stay that a5 begins, by now: of it alone nothing will be known.
    predicted('readmission', 'a6', '2022-12-10'),
    // The last that is known of anybody is 1 June 2024.
    predicted('readmission', 'c1', '2024-05-20'),
    predicted('readmission', 'a2', null, null),
  ]);
  expect(values).toEqual([1, 0, 0, null, undefined, undefined]);
  expect(matured).toBe(4);
});

test('risk is looked for from the day of the prediction on, whichever it is', async () => {
  const { values } = await outcomes([
    predicted('risk', 'p1 2022-08-20', '2022-08-20'),
    predicted('risk', 'p1 2023-02-01', '2023-02-01'),
    // The visit of 1 September 2022 begins on the last of the 180 days, and on the day after it.
    predicted('risk', 'p1 2022-03-06', '2022-03-06'),
    predicted('risk', 'p1 2022-03-05', '2022-03-05'),
    predicted('risk', 'p2 2024-03-01', '2024-03-01', 'p2'),
    // Before the first visit there is no such case.
    predicted('risk', 'p1 2020-01-01', '2020-01-01'),
  ]);
  expect(values).toEqual([1, 0, 1, 0, undefined, null]);
});

test('progression is the class of the next visit, by its name', async () => {
  const { values } = await outcomes([
    predicted('progression', 'a1', '2021-06-01'),
    predicted('progression', 'a2', '2022-01-20'),
    predicted('progression', 'a6', '2022-12-10'),
    predicted('progression', 'a7', '2023-01-04'),
  ]);
  expect(values).toEqual(['worsening', 'stable', 'improving', null]);
});

test('an outcome stays, and looking again finds nothing new', async () => {
  const { records, matured } = await outcomes([predicted('readmission', 'a3', '2022-02-07')]);
  expect(matured).toBe(1);
  const unneeded: LaterRun = { ...(await later()), published: async () => Promise.reject(new Error('not needed')) };
  expect(await maturePredictions(place.workspace.lake, unneeded, records.predictions, now)).toBe(0);
});

test('a version that is gone, or a source that shows no outcome any more, leaves predictions waiting', async () => {
  const { values } = await outcomes([
    predicted('readmission', 'a3', '2022-02-07', 'p1', { version: '000009-cccccccccccc' }),
  ]);
  expect(values).toEqual([undefined]);
});

test('what was known in training, was asked before or will never be known does not count', async () => {
  const { records } = await outcomes([
    predicted('readmission', 'a2', '2022-01-20'),
    predicted('readmission', 'a5', '2022-12-10'),
    predicted('readmission', 'a5', '2022-12-10', 'p1', { at: '2024-06-02T00:00:00.000Z' }),
    predicted('readmission', 'a6', '2022-12-10'),
    predicted('readmission', 'c1', '2024-05-20'),
  ]);
  const facts = { ...(await place.facts()), dataEnd: '2022-03-01' };
  const found = await outcomeDrift(
    planOf('readmission', facts),
    { facts },
    records.predictions.read({ model: 'readmission' }),
  );
  expect(found).toMatchObject({
    cases: 1,
    classes: [{ name: 'readmitted', observed: 1, expected: 0.25, ratio: null, slope: null }],
    left_out: { repeated: 1, learned_from: 1, never_known: 1 },
    waiting: 1,
    brier: null,
  });
  expect(found.said).toEqual([expect.stringMatching(/^Too few for a ratio: "readmitted" needs 11 /)]);
});
