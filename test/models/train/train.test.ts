// Training on cases whose truth is known: what is learned, what is refused, and that it can be done again.
import { expect, test } from 'vitest';
import { type CalibrationMap, calibratedAll } from '../../../src/models/calibrate/map.js';
import { logOddsOf } from '../../../src/models/train/log-odds.js';
import { type TrainOptions, train } from '../../../src/models/train/train.js';
import { type MadeUp, madeUp } from './made-up.js';

const usual: TrainOptions = { algorithms: ['logistic', 'boosting'], trials: 1, folds: 3, seed: 7, threads: 1 };

const trained = ({ plan, schema, matrix }: MadeUp, options: Partial<TrainOptions> = {}) =>
  train(plan, schema, matrix, { ...usual, ...options });

/** Correlation of what the served model says of its own cases with the truth. */
function correlation({ matrix, truth }: MadeUp, { model, calibration }: Awaited<ReturnType<typeof trained>>): number {
  const said = calibratedAll(calibration.map as CalibrationMap, logOddsOf(model, matrix.columns));
  const mean = (values: Float64Array) => values.reduce((a, b) => a + b, 0) / values.length;
  const [a, b] = [mean(said), mean(truth)];
  const sum = (of: (row: number) => number) => truth.reduce((total, _, row) => total + of(row), 0);
  const [x, y] = [(row: number) => (said[row] as number) - a, (row: number) => (truth[row] as number) - b];
  return sum((row) => x(row) * y(row)) / Math.sqrt(sum((row) => x(row) ** 2) * sum((row) => y(row) ** 2));
}

test('what the outcome depends on is found, the interaction too, and the model may be served', async () => {
  const cases = madeUp(6000);
  const found = await trained(cases);
  expect(found.chosen.algorithm.name).toBe('boosting');
  expect(correlation(cases, found)).toBeGreaterThan(0.9);
  expect(found.promotion).toMatchObject({ promoted: true, baseline: 'prevalence by admission type' });
  expect(found.evaluation.baselines.map(({ name }) => name)).toEqual([
    'prevalence by admission type',
    'prevalence',
    'logistic',
  ]);
  const [first] = [...found.importance].sort(([, a], [, b]) => b - a);
  expect(first?.[0]).toBe('age');
  expect(found.inTime?.evaluation.rows).toBeGreaterThan(500);
});

test('on shuffled labels nothing is learned, and the gate refuses', async () => {
  const { promotion, evaluation } = await trained(madeUp(6000, { shuffled: true }));
  expect(promotion.promoted).toBe(false);
  expect(promotion.reason).toMatch(/^Not for use: /);
  expect(evaluation.kind === 'binary' && evaluation.figures.auroc?.value).toBeLessThan(0.54);
});

test('the same seed gives the same model and figures, whatever the threads; another seed gives others', async () => {
  const cases = madeUp(3000);
  const [once, again, other] = [
    await trained(cases),
    await trained(cases, { threads: 2 }),
    await trained(cases, { seed: 8 }),
  ];
  expect(again.model.encode()).toEqual(once.model.encode());
  expect(again.evaluation).toEqual(once.evaluation);
  expect(other.evaluation).not.toEqual(once.evaluation);
});

test('with too few of an outcome there is no model, and the counts are told', async () => {
  await expect(trained(madeUp(150))).rejects.toMatchObject({
    code: 'MODEL_TOO_FEW',
    message: expect.stringMatching(/at least 100 cases of each outcome; there are [0-9]+ of "no", [0-9]+ of "yes"/),
  });
});

test.each(['weights', 'smote'] as const)(
  '%s make probabilities too high, and calibration puts them right',
  async (balance) => {
    const { evaluation, calibration, chosen } = await trained(madeUp(4000), { balance, algorithms: ['logistic'] });
    expect(chosen.algorithm.name).toBe('logistic');
    expect(calibration?.map.kind).not.toBe('none');
    const none = calibration?.tried.find(({ kind }) => kind === 'none');
    const platt = calibration?.tried.find(({ kind }) => kind === 'platt');
    expect(none?.log_loss).toBeGreaterThan(platt?.log_loss ?? Number.POSITIVE_INFINITY);
    if (evaluation.kind !== 'binary') throw new Error('The outcome is a yes or no.');
    expect(Math.abs(evaluation.predicted - evaluation.prevalence)).toBeLessThan(0.01);
  },
);

test('a search that is stopped ends with the reason', async () => {
  const reason = new Error('stopped');
  await expect(trained(madeUp(1000), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});
