// How far answers are from the labels: squared error, or log loss.
import type { Dataset } from './dataset.js';

/** Weighted mean loss of margins (rows × outputs). */
export function meanLoss(data: Dataset, margins: Float64Array): number {
  const { label, weight, rows, classes, task } = data;
  let sum = 0;
  let weights = 0;
  for (let row = 0; row < rows; row++) {
    const w = weight?.[row] ?? 1;
    const y = label[row]!;
    if (task === 'regression') sum += w * (margins[row]! - y) ** 2;
    else if (task === 'binary') sum += w * softplus(y > 0 ? -margins[row]! : margins[row]!);
    else sum += w * (logSumExp(margins, row * classes, classes) - margins[row * classes + y]!);
    weights += w;
  }
  return sum / weights;
}

/** The same for answers as they are given: values, or probabilities (rows, or rows × classes). Rows without one (NaN) are left out. */
export function meanError(data: Dataset, answers: Float64Array): number {
  const { label, weight, rows, classes, task } = data;
  let sum = 0;
  let weights = 0;
  for (let row = 0; row < rows; row++) {
    const y = label[row]!;
    const one = task === 'multiclass' ? answers[row * classes + y]! : answers[row]!;
    if (Number.isNaN(one)) continue;
    const w = weight?.[row] ?? 1;
    const p = task === 'binary' && y === 0 ? 1 - one : one;
    sum += w * (task === 'regression' ? (y - one) ** 2 : -Math.log(Math.min(Math.max(p, 1e-15), 1)));
    weights += w;
  }
  return sum / weights;
}

/** log(1 + e^x) without overflow. */
export const softplus = (x: number): number => (x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x)));

export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

export function logSumExp(values: Float64Array, from: number, count: number): number {
  let top = Number.NEGATIVE_INFINITY;
  for (let i = from; i < from + count; i++) top = Math.max(top, values[i]!);
  let sum = 0;
  for (let i = from; i < from + count; i++) sum += Math.exp(values[i]! - top);
  return top + Math.log(sum);
}

/** The probabilities of the classes from their margins, rows × classes. */
export function softmax(margins: Float64Array, classes: number): Float64Array {
  const probabilities = new Float64Array(margins.length);
  for (let at = 0; at < margins.length; at += classes) {
    const total = logSumExp(margins, at, classes);
    for (let k = at; k < at + classes; k++) probabilities[k] = Math.exp(margins[k]! - total);
  }
  return probabilities;
}
