// What a fitted model says of rows, in log-odds whatever the algorithm.
import { clipped, logOdds } from '../evaluate/log-odds.js';
import type { Column, Model } from '../learn/index.js';

/**
 * Binary: the log-odds of class 1, one a row. Several classes: rows × classes numbers whose softmax is the probability. Those
 * of a forest are those of its clipped probabilities.
 */
export function logOddsOf(model: Model, columns: readonly Column[]): Float64Array {
  if (model.kind !== 'forest') return model.margins(columns);
  const toLogOdds = model.task === 'binary' ? logOdds : (probability: number) => Math.log(clipped(probability));
  return model.probabilities(columns).map(toLogOdds);
}
