// The figures of one prediction when each patient counts a given number of times: prepared once, then O(rows) a draw.
import type { Rated } from './auroc.js';
import type { WeightedFigures } from './comparison.js';
import { brierOf, logLossOf, scaledBrier } from './losses.js';
import { rankOrder } from './ranked.js';

/** Those that are compared with a baseline, in the order in which `weightedFigures` returns them. */
export const comparedFigures = ['auroc', 'average_precision', 'brier', 'scaled_brier', 'log_loss'] as const;

function sumsByPatient({ outcome, probability, patient }: Rated, patients: number) {
  const rows = new Float64Array(patients);
  const events = new Float64Array(patients);
  const brier = new Float64Array(patients);
  const logLoss = new Float64Array(patients);
  for (let row = 0; row < outcome.length; row++) {
    const [who, happened, predicted] = [patient[row] as number, outcome[row] as number, probability[row] as number];
    rows[who] = (rows[who] as number) + 1;
    events[who] = (events[who] as number) + happened;
    brier[who] = (brier[who] as number) + brierOf(happened, predicted);
    logLoss[who] = (logLoss[who] as number) + logLossOf(happened, predicted);
  }
  return { rows, events, brier, logLoss };
}

const weighted = (sums: Float64Array, times: Uint8Array): number => {
  let total = 0;
  for (let who = 0; who < sums.length; who++) total += (sums[who] as number) * (times[who] as number);
  return total;
};

/**
 * AUROC (ties count half); average precision, the sum of precision × gain in recall over the distinct thresholds from the
 * top, without interpolation, as scikit-learn defines it; Brier; scaled Brier; log loss. NaN where one does not exist.
 */
export function weightedFigures(rated: Rated, patients: number): WeightedFigures {
  const { outcome, probability, patient } = rated;
  const sums = sumsByPatient(rated, patients);
  const ascending = rankOrder(probability);
  const rows = ascending.length;
  const who = new Int32Array(rows);
  const event = new Uint8Array(rows);
  /** 1 where the next row down has a lower probability. */
  const last = new Uint8Array(rows);
  for (let at = 0; at < rows; at++) {
    const row = ascending[rows - 1 - at] as number;
    who[at] = patient[row] as number;
    event[at] = outcome[row] as number;
    const next = ascending[rows - 2 - at];
    last[at] = next === undefined || probability[next] !== probability[row] ? 1 : 0;
  }
  return (times) => {
    let [hits, alarms, ownHits, ownAlarms, area, precision] = [0, 0, 0, 0, 0, 0];
    for (let at = 0; at < rows; at++) {
      const weight = times[who[at] as number] as number;
      const hit = weight * (event[at] as number); // without a branch that no processor can foresee
      ownHits += hit;
      ownAlarms += weight - hit;
      if (last[at] === 0) continue;
      area += ownAlarms * (hits + ownHits / 2);
      hits += ownHits;
      alarms += ownAlarms;
      if (ownHits > 0) precision += (ownHits * hits) / (hits + alarms);
      ownHits = 0;
      ownAlarms = 0;
    }
    const all = weighted(sums.rows, times);
    const brier = weighted(sums.brier, times) / all;
    return [
      area / (hits * alarms),
      precision / hits,
      brier,
      scaledBrier(brier, weighted(sums.events, times) / all),
      weighted(sums.logLoss, times) / all,
    ];
  };
}
