// How matured predictions turned out, from figures that can be worked out by hand.
import { expect, test } from 'vitest';
import type { KeptPrediction } from '../../../src/models/drift/kept.js';
import { outcomeDrift } from '../../../src/models/drift/outcomes.js';
import { fixedPlans } from '../fixed-facts.js';

const [readmission, undated, , progression] = fixedPlans as [
  (typeof fixedPlans)[0],
  (typeof fixedPlans)[0],
  (typeof fixedPlans)[0],
  (typeof fixedPlans)[0],
];

async function* kept(
  rows: readonly { readonly result: object; readonly value: string | number | null }[],
  date: string | null = '2024-12-01',
): AsyncGenerator<KeptPrediction> {
  for (const [at, { result, value }] of rows.entries()) {
    const about = { id: `case ${at}`, index_date: date };
    yield {
      id: `${at}`,
      version: '1',
      patient: `P${at}`,
      inputs: null,
      result: { ...result, case: about },
      outcome: { value },
    };
  }
}

const yes = (count: number, probability: number, events: number) =>
  Array.from({ length: count }, (_, at) => ({ result: { probability }, value: at < events ? 1 : 0 }));

test('observed over expected, its interval and the Brier score are those of the formulas', async () => {
  const { facts } = readmission;
  const found = await outcomeDrift(readmission, { facts }, kept(yes(100, 0.1, 20)));
  const half = 1.959963984540054 * Math.sqrt((1 - 0.2) / 20);
  expect(found.classes).toHaveLength(1);
  expect(found.classes[0]).toMatchObject({ observed: 20, slope: null });
  expect(found.classes[0]?.expected).toBeCloseTo(10, 9);
  expect(found.classes[0]?.ratio?.value).toBeCloseTo(2, 9);
  expect(found.classes[0]?.ratio?.low).toBeCloseTo(2 * Math.exp(-half), 9);
  expect(found.classes[0]?.ratio?.high).toBeCloseTo(2 * Math.exp(half), 9);
  expect(found.brier).toBeCloseTo(0.2 * 0.81 + 0.8 * 0.01, 9);
  expect(found.said).toEqual([expect.stringMatching(/slope.* 100 cases/)]);
});

test('a hundred of either kind have a slope: 1 where the shares are those predicted', async () => {
  const { facts } = readmission;
  const found = await outcomeDrift(
    readmission,
    { facts },
    kept([...yes(400, 0.2, 80), ...yes(200, 0.5, 100), ...yes(100, 0.8, 80)]),
  );
  expect(found.classes[0]?.slope?.value).toBeCloseTo(1, 6);
  expect(found.classes[0]?.slope?.low).toBeLessThan(1);
  expect(found.said).toEqual([]);
});

test('of several classes each has its own figures', async () => {
  const probabilities = { improving: 0.2, stable: 0.5, worsening: 0.3 };
  const of = (value: string, count: number) =>
    Array.from({ length: count }, () => ({ result: { probabilities }, value }));
  const { facts } = progression;
  const found = await outcomeDrift(
    progression,
    { facts },
    kept([...of('improving', 20), ...of('stable', 50), ...of('worsening', 30)]),
  );
  expect(found.classes.map(({ name, observed, ratio }) => [name, observed, ratio?.value.toFixed(6)])).toEqual([
    ['improving', 20, '1.000000'],
    ['stable', 50, '1.000000'],
    ['worsening', 30, '1.000000'],
  ]);
  expect(found.brier).toBeCloseTo(0.2 * 0.8 + 0.5 * 0.5 + 0.3 * 0.7, 9);
});

test('a source without dates has nothing new to tell, and says so', async () => {
  const { facts } = undated;
  const found = await outcomeDrift(undated, { facts }, kept(yes(10, 0.1, 1), null));
  expect(found).toMatchObject({ cases: 0, left_out: { learned_from: 10 } });
  expect(found.said[0]).toMatch(/no dates/);
});
