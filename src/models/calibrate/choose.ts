// Which calibration a model needs, found on rows that it was not trained on: none, Platt's or isotonic, of several classes none
// or a temperature; the simplest whose loss is within one standard error of the least.
import { type Static, Type } from 'typebox';
import { clipped } from '../evaluate/log-odds.js';
import { logLossOf } from '../evaluate/losses.js';
import { rowsWhere, taken } from '../evaluate/patients.js';
import { simplestWithinOneStandardError } from '../evaluate/proposal.js';
import { isotonic } from './isotonic.js';
import { type CalibrationMap, type ClassCalibrationMap, calibratedAll } from './map.js';
import { platt } from './platt.js';
import { calibratedClasses, temperature } from './temperature.js';

/** From the simplest on. */
const kinds: Readonly<Record<CalibrationMap['kind'], (margin: Float64Array, outcome: Uint8Array) => CalibrationMap>> = {
  none: () => ({ kind: 'none' }),
  platt,
  isotonic,
};

export const calibrationTrial = Type.Object({
  kind: Type.String(),
  log_loss: Type.Number({ description: 'Of held-out folds.' }),
});
export type CalibrationTrial = Static<typeof calibrationTrial>;

interface HeldOut {
  /** Each from a model that was not trained on the row's patient; of several classes their log-odds side by side. */
  readonly margin: Float64Array;
  /** The class of each row. */
  readonly outcome: Uint8Array;
  /** By patient, the folds in which the margins were made. */
  readonly fold: Int32Array;
}

interface Choice<Map> {
  /** Fitted on all rows: for serving. */
  readonly map: Map;
  /** Of each row by a map fitted on the other folds: for evaluating. */
  readonly probability: Float64Array;
  readonly tried: CalibrationTrial[];
}

/** @throws RangeError below two folds: nothing would be held out. */
export const chooseCalibration = (held: HeldOut): Choice<CalibrationMap> =>
  choose(held, 1, kinds, calibratedAll, (probability, happened) => logLossOf(happened, probability[0] as number));

/** Of several classes. @throws RangeError below two folds */
export const chooseClassCalibration = (held: HeldOut, classes: number): Choice<ClassCalibrationMap> =>
  choose<ClassCalibrationMap>(
    held,
    classes,
    { none: () => ({ kind: 'none' }), temperature: (margin, outcome) => temperature(margin, outcome, classes) },
    (map, margin) => calibratedClasses(map, margin, classes),
    (probability, happened) => -Math.log(clipped(probability[happened] as number)),
  );

function choose<Map>(
  { margin, outcome, fold }: HeldOut,
  width: number,
  /** From the simplest on. */
  makers: Readonly<Record<string, (margin: Float64Array, outcome: Uint8Array) => Map>>,
  apply: (map: Map, margin: Float64Array) => Float64Array,
  lossOf: (probability: Float64Array, happened: number) => number,
): Choice<Map> {
  const folds = [...new Set(fold)].map((number) => ({
    own: rowsWhere(fold.length, (row) => fold[row] === number),
    others: rowsWhere(fold.length, (row) => fold[row] !== number),
  }));
  if (folds.length < 2)
    throw new RangeError(`Calibration is chosen over at least two folds; there is ${folds.length}.`);
  const trials = Object.entries(makers).map(([kind, make]) => {
    const probability = new Float64Array(margin.length);
    const losses = folds.map(({ own, others }) => {
      const map = make(taken(margin, others, width), taken(outcome, others));
      const found = apply(map, taken(margin, own, width));
      let sum = 0;
      for (const [at, row] of own.entries()) {
        const values = found.subarray(at * width, (at + 1) * width);
        probability.set(values, row * width);
        sum += lossOf(values, outcome[row] as number);
      }
      return sum / own.length;
    });
    return { kind, make, probability, losses };
  });
  const chosen = simplestWithinOneStandardError(trials);
  return {
    map: chosen.make(margin, outcome),
    probability: chosen.probability,
    tried: trials.map(({ kind, losses }) => ({ kind, log_loss: losses.reduce((a, b) => a + b, 0) / losses.length })),
  };
}
