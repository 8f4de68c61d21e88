// Which calibration a model needs, found on rows that it was not trained on: none, Platt's or isotonic, the simplest whose
// loss is within one standard error of the least.
import { type Static, Type } from 'typebox';
import { logLossOf } from '../evaluate/losses.js';
import { rowsWhere, taken } from '../evaluate/patients.js';
import { simplestWithinOneStandardError } from '../evaluate/proposal.js';
import { isotonic } from './isotonic.js';
import { type CalibrationMap, calibratedAll } from './map.js';
import { platt } from './platt.js';

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
  /** Each from a model that was not trained on the row's patient. */
  readonly margin: Float64Array;
  readonly outcome: Uint8Array;
  /** By patient, the folds in which the margins were made. */
  readonly fold: Int32Array;
}

interface Choice {
  /** Fitted on all rows: for serving. */
  readonly map: CalibrationMap;
  /** Of each row by a map fitted on the other folds: for evaluating. */
  readonly probability: Float64Array;
  readonly tried: CalibrationTrial[];
}

/** @throws RangeError below two folds: nothing would be held out. */
export function chooseCalibration({ margin, outcome, fold }: HeldOut): Choice {
  const folds = [...new Set(fold)].map((number) => ({
    own: rowsWhere(fold.length, (row) => fold[row] === number),
    others: rowsWhere(fold.length, (row) => fold[row] !== number),
  }));
  if (folds.length < 2)
    throw new RangeError(`Calibration is chosen over at least two folds; there is ${folds.length}.`);
  const trials = Object.entries(kinds).map(([kind, make]) => {
    const probability = new Float64Array(margin.length);
    const losses = folds.map(({ own, others }) => {
      const map = make(taken(margin, others), taken(outcome, others));
      const found = calibratedAll(map, taken(margin, own));
      for (const [at, row] of own.entries()) probability[row] = found[at] as number;
      return (
        own.reduce((sum, row) => sum + logLossOf(outcome[row] as number, probability[row] as number), 0) / own.length
      );
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
