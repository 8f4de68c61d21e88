// The whole evaluation of a prediction of yes or no.
import { describe, expect, test } from 'vitest';
import { type BinaryEvaluation, evaluateBinary } from '../../../src/models/evaluate/binary.js';
import { alone, other, ours, reference } from './reference.js';

const prevalence = reference.outcome.reduce((sum, event) => sum + event, 0) / reference.outcome.length;
const flat = { name: 'prevalence', label: 'Prevalence', prediction: new Float64Array(other.length).fill(prevalence) };
const score = { name: 'other', label: 'Another score', prediction: other };
const settings = { baselines: [flat, score], groups: [], seed: 11, replicates: 400 };
const evaluated = evaluateBinary({ ...ours, ...settings });
const half = (estimate: { low: number | null; high: number | null } | null | undefined) =>
  ((estimate?.high as number) - (estimate?.low as number)) / 2;

describe('figures', () => {
  test('are those of scikit-learn', () => {
    const { average_precision, brier, log_loss, auroc } = evaluated.figures;
    expect(average_precision?.value).toBeCloseTo(reference.average_precision, 12);
    expect(evaluated.baselines[1]?.figures.average_precision?.value).toBeCloseTo(reference.average_precision_other, 12);
    expect(brier?.value).toBeCloseTo(reference.brier, 12);
    expect(log_loss?.value).toBeCloseTo(reference.log_loss, 12);
    expect(auroc?.value).toBeCloseTo(reference.auroc[0] as number, 12);
  });
  test('of the prevalence: area ½, precision and scaled Brier that of no knowledge, no slope', () => {
    const { figures } = evaluated.baselines[0] as BinaryEvaluation['baselines'][number];
    expect(figures.auroc?.value).toBe(0.5);
    expect(figures.average_precision?.value).toBeCloseTo(prevalence, 12);
    expect(figures.brier?.value).toBeCloseTo(prevalence * (1 - prevalence), 12);
    expect(figures.scaled_brier?.value).toBeCloseTo(0, 12);
    expect(figures.slope).toBeNull();
  });
});

describe('the bootstrap by patient', () => {
  test('gives the same again by the same seed, and other intervals by another', () => {
    expect(evaluateBinary({ ...ours, ...settings })).toEqual(evaluated);
    const again = evaluateBinary({ ...ours, ...settings, seed: 12 });
    expect(again.figures.brier).not.toEqual(evaluated.figures.brier);
  });
  test('does not depend on how patients are numbered', () => {
    const renamed = evaluateBinary({ ...ours, patient: ours.patient.map((who) => 500 - who), ...settings });
    expect(renamed).toEqual(evaluated);
  });
  test('finds the interval of the difference in area that the formula finds, within noise', () => {
    const { difference } = evaluated.baselines[1] as BinaryEvaluation['baselines'][number];
    expect(difference.auroc?.value).toBeCloseTo(reference.auroc_above[0] as number, 12);
    const formula = (reference.auroc_above[2] as number) - (reference.auroc_above[0] as number);
    expect(half(difference.auroc) / formula).toBeGreaterThan(0.85);
    expect(half(difference.auroc) / formula).toBeLessThan(1.15);
  });
  test('is wider by patient than by row, as the rows of a patient are alike', () => {
    const byRow = evaluateBinary({ ...alone, ...settings });
    expect(half(evaluated.figures.brier)).toBeGreaterThan(half(byRow.figures.brier));
  });
});

describe('groups', () => {
  const code = ours.patient.map((who) => (who < 8 ? 0 : who < 30 ? 1 : -1));
  const grouped = { name: 'sex', label: 'Sex', levels: ['few', 'many', 'empty'], code };
  const levels = evaluateBinary({ ...ours, ...settings, groups: [grouped] }).groups[0]?.levels;
  test('below 11 patients show neither counts nor figures', () => {
    expect(levels?.[0]).toEqual({
      level: 'few',
      rows: null,
      patients: null,
      figures: null,
      why: 'fewer than 11 patients',
    });
  });
  test('rows whose level is unknown are a level, a level of no rows is none', () => {
    expect(levels?.map(({ level }) => level)).toEqual(['few', 'many', 'not known']);
  });
  test('have the figures that their rows have alone', () => {
    const rows = [...code.keys()].filter((row) => code[row] === 1);
    const probability = Float64Array.from(rows, (row) => ours.probability[row] as number);
    const outcome = Uint8Array.from(rows, (row) => ours.outcome[row] as number);
    const patient = Int32Array.from(rows, (row) => ours.patient[row] as number);
    const own = evaluateBinary({ outcome, probability, patient, ...settings, baselines: [] });
    const { events, prevalence, predicted, figures } = own;
    const shown = levels?.[1]?.figures;
    expect(shown).toMatchObject({ events, prevalence, predicted });
    expect(shown?.figures.auroc).toEqual(figures.auroc);
    expect(shown?.figures.slope).toEqual(figures.slope);
  });
  test('of one outcome say so', () => {
    const code = ours.outcome.map((event) => event);
    const groups = [{ name: 'o', label: 'O', levels: ['no', 'yes'], code: Int32Array.from(code) }];
    const found = evaluateBinary({ ...ours, ...settings, groups }).groups[0]?.levels;
    expect(found?.map(({ why }) => why)).toEqual(['nobody has the outcome', 'everybody has the outcome']);
  });
});

test('a probability that is none is refused', () => {
  const probability = ours.probability.with(3, Number.NaN);
  expect(() => evaluateBinary({ ...ours, ...settings, probability })).toThrow(
    'Value 3 of the predictions, NaN, is no probability.',
  );
});

test('no rows are refused', () => {
  const none = { outcome: new Uint8Array(), probability: new Float64Array(), patient: new Int32Array() };
  expect(() => evaluateBinary({ ...none, ...settings, baselines: [] })).toThrow('There are no rows to judge by.');
});

test('each fold has its own figures', () => {
  const fold = ours.patient.map((who) => who % 3);
  const { folds, rows } = evaluateBinary({ ...ours, ...settings, fold });
  expect(folds.map(({ fold }) => fold)).toEqual([0, 1, 2]);
  expect(folds.reduce((sum, { rows }) => sum + rows, 0)).toBe(rows);
});
