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

/** Row-major softmax of rows × classes log-odds. */
export function softmax(logOdds: Float64Array, classes: number): Float64Array {
  const out = new Float64Array(logOdds.length);
  for (let from = 0; from < logOdds.length; from += classes) {
    const own = logOdds.subarray(from, from + classes);
    const most = own.reduce((a, b) => Math.max(a, b));
    const parts = own.map((value) => Math.exp(value - most));
    const sum = parts.reduce((a, b) => a + b);
    out.set(
      parts.map((part) => part / sum),
      from,
    );
  }
  return out;
}
