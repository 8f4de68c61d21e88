// Logistic regression with L2, for two classes or several, by L-BFGS (Liu and Nocedal 1989) on standardised inputs.
import { CarelakeError } from '../../errors.js';
import type { Dataset } from './dataset.js';
import { minimise } from './lbfgs.js';
import { type Encoding, encoder, logisticModel } from './logistic-model.js';
import { logSumExp, sigmoid, softplus } from './loss.js';
import type { Model } from './model.js';
import { checkRanges, given } from './options.js';

export interface LogisticOptions {
  /** Half of it times the sum of the squared coefficients is added to the summed loss. Default 1; the intercept is free. */
  readonly l2?: number;
  readonly maxIterations?: number;
  /** Converged once no part of the gradient of the mean loss is larger. Default 1e-6. */
  readonly tolerance?: number;
  readonly signal?: AbortSignal | undefined;
}

interface Fitted {
  readonly model: Model;
  readonly converged: boolean;
  readonly iterations: number;
  /** The largest part of the gradient of the mean loss where it stopped. */
  readonly gradientNorm: number;
}

/**
 * A missing number counts as the mean, with a coefficient of its own for being missing; categories get one each, the missing none.
 * @throws LEARN_TASK of a regression. @throws LEARN_OPTION
 */
export async function logistic(data: Dataset, options: LogisticOptions = {}): Promise<Fitted> {
  checkRanges(options);
  if (data.task === 'regression') throw new CarelakeError('LEARN_TASK', 'Logistic regression needs classes.');
  const { l2, maxIterations, tolerance, signal } = { l2: 1, maxIterations: 200, tolerance: 1e-6, ...given(options) };
  const features = encodings(data);
  const last = features.at(-1)!;
  const inputs = last.from + last.inputs;
  const rows = sparse(data, features, inputs);
  const outputs = data.task === 'multiclass' ? data.classes : 1;
  const loss = objective(data, rows, outputs, inputs + 1, l2);
  const start = new Float64Array(outputs * (inputs + 1));
  const found = await minimise(loss, start, { maxIterations, tolerance, signal });
  const model = logisticModel({
    task: data.task,
    classes: data.classes,
    features,
    coefficients: found.at,
    means: rows.means,
  });
  return { model, converged: found.converged, iterations: found.iterations, gradientNorm: found.gradientNorm };
}

function encodings(data: Dataset): Encoding[] {
  const skipped = new Set(data.skipped.map(({ name }) => name));
  let from = 0;
  return data.columns.map(({ name, kind, values }) => {
    const place = { name, kind, from, inputs: 0, mean: 0, sd: 1, codes: [] as number[] };
    if (skipped.has(name)) return place;
    if (kind === 'category') {
      place.codes = [...new Set<number>(values)].filter((code) => code >= 0).sort((a, b) => a - b);
      place.inputs = place.codes.length;
    } else {
      const { mean, sd, missing } = moments(values, data.weight);
      Object.assign(place, { mean, sd, inputs: missing ? 2 : 1 });
    }
    from += place.inputs;
    return place;
  });
}

function moments(values: ArrayLike<number>, weight: Float64Array | undefined) {
  let total = 0;
  let mean = 0;
  let squares = 0;
  let missing = false;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const w = weight?.[i] ?? 1;
    if (Number.isNaN(value)) missing = true;
    else if (w > 0) {
      total += w;
      const before = value - mean;
      mean += (w / total) * before;
      squares += w * before * (value - mean);
    }
  }
  return { mean, sd: Math.sqrt(squares / total) || 1, missing };
}

/** The inputs of every row that are not 0: row r has those from starts[r] to starts[r + 1]. */
interface Sparse {
  readonly starts: Uint32Array;
  readonly inputs: Uint32Array;
  readonly values: Float64Array;
  readonly means: Float64Array;
}

function sparse(data: Dataset, features: readonly Encoding[], width: number): Sparse {
  const each = encoder(features, data.columns);
  const starts = new Uint32Array(data.rows + 1);
  for (let row = 0; row < data.rows; row++) {
    let n = 0;
    each(row, () => {
      n += 1;
    });
    starts[row + 1] = starts[row]! + n;
  }
  const inputs = new Uint32Array(starts[data.rows]!);
  const values = new Float64Array(inputs.length);
  const means = new Float64Array(width);
  let at = 0;
  let total = 0;
  for (let row = 0; row < data.rows; row++) {
    const w = data.weight?.[row] ?? 1;
    total += w;
    each(row, (input, value) => {
      inputs[at] = input;
      values[at++] = value;
      means[input]! += w * value;
    });
  }
  return { starts, inputs, values, means: means.map((sum) => sum / total) };
}

/** The mean penalised loss at coefficients, and its gradient. */
function objective(data: Dataset, { starts, inputs, values }: Sparse, outputs: number, width: number, l2: number) {
  const { rows, label, weight } = data;
  const total = weight ? weight.reduce((a, b) => a + b, 0) : rows;
  const margins = new Float64Array(outputs);
  return (at: Float64Array, gradient: Float64Array): number => {
    let loss = 0;
    gradient.fill(0);
    for (let row = 0; row < rows; row++) {
      const w = weight?.[row] ?? 1;
      const begin = starts[row]!;
      const end = starts[row + 1]!;
      for (let k = 0; k < outputs; k++) {
        const base = k * width;
        let margin = at[base]!;
        for (let i = begin; i < end; i++) margin += at[base + 1 + inputs[i]!]! * values[i]!;
        margins[k] = margin;
      }
      const y = label[row]!;
      const one = margins[0]!;
      const all = outputs > 1 ? logSumExp(margins, 0, outputs) : 0;
      loss += w * (outputs > 1 ? all - margins[y]! : softplus(y > 0 ? -one : one));
      for (let k = 0; k < outputs; k++) {
        const off = outputs > 1 ? Math.exp(margins[k]! - all) - (y === k ? 1 : 0) : sigmoid(one) - y;
        const base = k * width;
        gradient[base]! += w * off;
        for (let i = begin; i < end; i++) gradient[base + 1 + inputs[i]!]! += w * off * values[i]!;
      }
    }
    for (let i = 0; i < at.length; i++) {
      if (i % width === 0) continue;
      loss += (l2 / 2) * at[i]! ** 2;
      gradient[i]! += l2 * at[i]!;
    }
    for (let i = 0; i < gradient.length; i++) gradient[i]! /= total;
    return loss / total;
  };
}
