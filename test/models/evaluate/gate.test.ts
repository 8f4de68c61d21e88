// Who is let through to patients, who is not, and in which words.
import { describe, expect, test } from 'vitest';
import { evaluateBinary } from '../../../src/models/evaluate/binary.js';
import { gate } from '../../../src/models/evaluate/gate.js';
import { probabilityOf } from '../../../src/models/evaluate/log-odds.js';
import { simplestWithinOneStandardError } from '../../../src/models/evaluate/proposal.js';
import { drawing } from '../../../src/models/evaluate/random.js';
import { evaluateClasses } from '../../../src/models/evaluate/several-classes.js';

const rows = 3000;
const random = drawing(99, 0);
const uniform = () => random(2 ** 32) / 2 ** 32;
const risk = Float64Array.from({ length: rows }, () => 3 * uniform() - 2.5 + (uniform() < 0.3 ? 1 : 0));
const outcome = Uint8Array.from(risk, (at) => (uniform() < probabilityOf(at) ? 1 : 0));
const noise = Float64Array.from({ length: rows }, () => 0.2 + 0.2 * uniform());
const patient = Int32Array.from({ length: rows }, (_, row) => row >> 1);
const prevalence = outcome.reduce((sum, event) => sum + event, 0) / rows;
const simple = { name: 'lace', label: 'LACE, recalibrated', prediction: new Float64Array(rows).fill(prevalence) };
const evaluated = (probability: Float64Array, baseline = simple, some = rows) =>
  evaluateBinary({
    outcome: outcome.subarray(0, some),
    probability: probability.subarray(0, some),
    patient: patient.subarray(0, some),
    baselines: [{ ...baseline, prediction: baseline.prediction.subarray(0, some) }],
    groups: [],
    seed: 1,
    replicates: 200,
  });

describe('a yes or no', () => {
  test('that ranks better and is calibrated is for use', () => {
    const { promoted, reason } = gate(evaluated(risk.map(probabilityOf)), 'lace');
    expect(promoted).toBe(true);
    expect(reason).toMatch(
      /^For use: it tells patients apart better than LACE, recalibrated does \(AUROC 0\.\d{3} against 0\.500 of LACE, recalibrated, difference 0\.\d{3}, 95 % interval 0\.\d{3} to 0\.\d{3}\); its probabilities can be taken as they are/,
    );
  });
  test('that knows nothing is not for use', () => {
    const { promoted, reason } = gate(evaluated(noise), 'lace');
    expect(promoted).toBe(false);
    expect(reason).toContain('it is not certain to tell patients apart better than LACE, recalibrated does');
  });
  test('that ranks better but is too extreme is not for use', () => {
    const { promoted, reason } = gate(evaluated(risk.map((at) => probabilityOf(2 * at))), 'lace');
    expect(promoted).toBe(false);
    expect(reason).not.toContain('tell patients apart');
    expect(reason).toContain('its probabilities do not mean what they say (calibration slope 0.');
    expect(reason).toContain('high risks come out too high and low ones too low');
  });
  test('that is too timid is not for use', () => {
    const { reason } = gate(evaluated(risk.map((at) => probabilityOf(at / 2))), 'lace');
    expect(reason).toContain('risks come out too close to one another');
  });
  test('whose slope is right, but not surely so, is not for use', () => {
    const few = evaluated(risk.map(probabilityOf), simple, 200);
    expect(few.figures.slope?.value).toBeGreaterThan(0.8);
    expect(few.figures.slope?.value).toBeLessThan(1.2);
    const { promoted, reason } = gate(few, 'lace');
    expect(promoted).toBe(false);
    expect(reason).toContain('which takes more patients');
  });
  test('is no better than itself', () => {
    const own = { name: 'same', label: 'itself', prediction: risk.map(probabilityOf) };
    expect(gate(evaluated(risk.map(probabilityOf), own), 'same').promoted).toBe(false);
  });
  test('is not judged against a baseline that was not evaluated', () => {
    expect(() => gate(evaluated(noise), 'hospital')).toThrow('There is no baseline "hospital" among lace.');
  });
});

describe('several classes', () => {
  const classes = ['improving', 'stable', 'worsening'];
  const happened = Uint8Array.from(risk, (at) => (at < -1.5 ? 0 : at < 0 ? 1 : 2));
  const counts = classes.map((_, number) => happened.filter((own) => own === number).length);
  const shares = Float64Array.from({ length: 3 * rows }, (_, at) => (counts[at % 3] as number) / rows);
  const judged = (probability: Float64Array) =>
    gate(
      evaluateClasses({
        classes,
        outcome: happened,
        probability,
        patient,
        baselines: [
          { name: 'severity', label: 'the shares of the classes given present severity', prediction: shares },
        ],
        groups: [],
        seed: 1,
        replicates: 100,
      }),
      'severity',
    );
  test('with less loss than the baseline are for use', () => {
    const probability = Float64Array.from({ length: 3 * rows }, (_, at) =>
      happened[Math.floor(at / 3)] === at % 3 ? 0.6 : 0.2,
    );
    expect(judged(probability).promoted).toBe(true);
    expect(judged(probability).reason).toContain('lower is better');
  });
  test('with the loss of the baseline are not, and both reasons are given', () => {
    const { promoted, reason } = judged(shares);
    expect(promoted).toBe(false);
    expect(reason).toContain('it is not certain to predict better than');
    expect(reason).toContain('it knows no more than how frequent each class is');
  });
});

describe('the simplest within one standard error', () => {
  const best = { name: 'boosting', losses: [0.4, 0.5, 0.6, 0.5] };
  test('is the simple one where it is worse in no fold by more than noise', () => {
    const simple = { name: 'logistic', losses: [0.41, 0.49, 0.61, 0.5] };
    expect(simplestWithinOneStandardError([simple, best]).name).toBe('logistic');
  });
  test('is the best where the simple one is a little worse in every fold', () => {
    const simple = { name: 'logistic', losses: [0.41, 0.51, 0.61, 0.51] };
    expect(simplestWithinOneStandardError([simple, best]).name).toBe('boosting');
  });
  test('is the simpler one of two that are equal', () => {
    expect(simplestWithinOneStandardError([{ ...best, name: 'forest' }, best]).name).toBe('forest');
  });
});
