// Several classes and numbers.
import { describe, expect, test } from 'vitest';
import { evaluateNumber } from '../../../src/models/evaluate/number.js';
import { evaluateClasses } from '../../../src/models/evaluate/several-classes.js';
import { ours, reference } from './reference.js';

const outcome = Uint8Array.from(reference.classes);
const probability = Float64Array.from(reference.shares);
const counts = [0, 1, 2].map((number) => reference.classes.filter((own) => own === number).length);
const shares = Float64Array.from(probability, (_, at) => (counts[at % 3] as number) / outcome.length);
const { patient } = ours;
const classes = ['improving', 'stable', 'worsening'];
const settings = {
  baselines: [{ name: 'shares', label: 'Shares of the classes', prediction: shares }],
  groups: [],
  seed: 3,
  replicates: 200,
};

describe('several classes', () => {
  const evaluated = evaluateClasses({ classes, outcome, probability, patient, ...settings });
  test('log loss and macro AUROC are those of scikit-learn', () => {
    expect(evaluated.figures.log_loss?.value).toBeCloseTo(reference.multiclass_log_loss, 12);
    expect(evaluated.figures.macro_auroc?.value).toBeCloseTo(reference.multiclass_macro_auroc, 12);
  });
  test('skill is how much of the loss of the shares is gone; the shares themselves have none', () => {
    const entropy = -counts.reduce(
      (sum, count) => sum + (count / outcome.length) * Math.log(count / outcome.length),
      0,
    );
    expect(evaluated.figures.skill?.value).toBeCloseTo(1 - reference.multiclass_log_loss / entropy, 12);
    expect(evaluated.baselines[0]?.figures.skill?.value).toBeCloseTo(0, 12);
    expect(evaluated.baselines[0]?.figures.macro_auroc?.value).toBe(0.5);
  });
  test('the difference to the baseline is paired, and has an interval around it', () => {
    const difference = evaluated.baselines[0]?.difference.log_loss;
    const expected =
      (evaluated.figures.log_loss?.value as number) - (evaluated.baselines[0]?.figures.log_loss?.value as number);
    expect(difference?.value).toBeCloseTo(expected, 12);
    expect(difference?.low).toBeLessThan(expected);
    expect(difference?.high).toBeGreaterThan(expected);
  });
  test('the confusion matrix counts each row once, by what happened', () => {
    expect(evaluated.confusion.map((line) => line.reduce((sum, count) => sum + count, 0))).toEqual(counts);
    const right = [...outcome].filter((own, row) => {
      const own3 = [0, 1, 2].map((number) => probability[3 * row + number] as number);
      return own3.indexOf(Math.max(...own3)) === own;
    }).length;
    expect(evaluated.confusion.reduce((sum, line, number) => sum + (line[number] as number), 0)).toBe(right);
  });
  test('a group in which a class is rare has no figures', () => {
    const code = Int32Array.from(outcome, (own, row) => (own === 2 && row > 20 ? 1 : 0));
    const groups = [{ name: 'g', label: 'G', levels: ['most', 'one class'], code }];
    const [found] = evaluateClasses({ classes, outcome, probability, patient, ...settings, groups }).groups;
    expect(found?.levels.map(({ why }) => why)).toEqual([
      'fewer than 11 patients of the class worsening',
      'fewer than 11 patients of the class improving',
    ]);
  });
});

describe('a number', () => {
  const actual = Float64Array.from(reference.actual);
  const mean = actual.reduce((sum, value) => sum + value, 0) / actual.length;
  const found = evaluateNumber({
    actual,
    predicted: Float64Array.from(reference.predicted),
    patient,
    ...settings,
    baselines: [{ name: 'mean', label: 'Mean', prediction: actual.map(() => mean) }],
  });
  test('R² and MAE are those of scikit-learn, the mean explains nothing', () => {
    expect(found.figures.r2?.value).toBeCloseTo(reference.r2, 12);
    expect(found.figures.mae?.value).toBeCloseTo(reference.mae, 12);
    expect(found.baselines[0]?.figures.r2?.value).toBeCloseTo(0, 12);
  });
  test('a value that is no number is refused', () => {
    const predicted = actual.with(4, NaN);
    expect(() => evaluateNumber({ actual, predicted, patient, ...settings, baselines: [] })).toThrow(RangeError);
  });
});
