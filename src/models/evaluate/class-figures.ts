// What one prediction of several classes is worth.
import { Type } from 'typebox';
import type { Resampling } from './bootstrap.js';
import { compared, type WeightedFigures } from './comparison.js';
import { estimateOrNull } from './estimate.js';
import { clipped } from './log-odds.js';
import { weightedFigures } from './weighted-figures.js';

const names = ['log_loss', 'skill', 'macro_auroc', 'accuracy'] as const;

export const classFigures = Type.Object(
  { log_loss: estimateOrNull, skill: estimateOrNull, macro_auroc: estimateOrNull, accuracy: estimateOrNull },
  {
    description:
      'log_loss in nats; skill = 1 − log loss / log loss of the class shares of the same rows; macro_auroc the unweighted ' +
      'mean over the classes of the area of one class against the rest; accuracy the share in which the most probable class ' +
      'is the one that happened.',
  },
);

/** Rows of several classes with a probability for each: row-major, one row's probabilities side by side. */
export interface ClassRated {
  readonly outcome: Uint8Array;
  readonly probability: Float64Array;
  readonly patient: Int32Array;
}

/** The probability of one class, and whether it was that one. */
export const oneAgainstRest = ({ outcome, probability, patient }: ClassRated, classes: number, number: number) => ({
  outcome: outcome.map((happened) => (happened === number ? 1 : 0)),
  probability: Float64Array.from(outcome, (_, row) => probability[row * classes + number] as number),
  patient,
});

/** The most probable class; the first of several that are equally probable. */
export function mostProbable(probability: Float64Array, classes: number, row: number): number {
  let best = 0;
  for (let number = 1; number < classes; number++) {
    if ((probability[row * classes + number] as number) > (probability[row * classes + best] as number)) best = number;
  }
  return best;
}

/** Of each prediction of the same rows, and how much better or worse the first is; intervals by the bootstrap by patient. */
export function classFiguresOf(predictions: readonly ClassRated[], classes: number, resampling: Resampling) {
  const inDraw = predictions.map((rated) => weighted(rated, classes, resampling.patients));
  return compared(names, inDraw, resampling);
}

function weighted(rated: ClassRated, classes: number, patients: number): WeightedFigures {
  const areas = Array.from({ length: classes }, (_, number) =>
    weightedFigures(oneAgainstRest(rated, classes, number), patients),
  );
  const losses = new Float64Array(patients);
  const hits = new Float64Array(patients);
  const counts = Array.from({ length: classes }, () => new Float64Array(patients));
  for (const [row, happened] of rated.outcome.entries()) {
    const [who, count] = [rated.patient[row] as number, counts[happened] as Float64Array];
    losses[who] = (losses[who] as number) - Math.log(clipped(rated.probability[row * classes + happened] as number));
    count[who] = (count[who] as number) + 1;
    if (mostProbable(rated.probability, classes, row) === happened) hits[who] = (hits[who] as number) + 1;
  }
  return (times) => {
    const total = (sums: Float64Array) => sums.reduce((sum, value, who) => sum + value * (times[who] as number), 0);
    const byClass = counts.map(total);
    const rows = byClass.reduce((sum, count) => sum + count, 0);
    const loss = total(losses) / rows;
    const lossOfShares =
      byClass.reduce((sum, count) => (count === 0 ? sum : sum - count * Math.log(count / rows)), 0) / rows;
    const area = areas.reduce((sum, figures) => sum + (figures(times)[0] as number), 0) / classes;
    return [loss, lossOfShares > 0 ? 1 - loss / lossOfShares : Number.NaN, area, total(hits) / rows];
  };
}
