// A logistic regression that has been learnt: which inputs are made of each column, and a coefficient for each.
import { CarelakeError } from '../../errors.js';
import { lookup } from './binning.js';
import { align } from './columns.js';
import type { Column, Task } from './dataset.js';
import { packed } from './format.js';
import { sigmoid, softmax } from './loss.js';
import type { Feature, Model } from './model.js';

/** How one column becomes inputs: a standardised number and whether it was missing, or one for each category. */
export interface Encoding extends Feature {
  /** Where its inputs begin, and how many they are. */
  readonly from: number;
  readonly inputs: number;
  readonly mean: number;
  readonly sd: number;
  /** Of a category: the code of each input. */
  readonly codes: readonly number[];
}

export interface LogisticParts {
  readonly task: Task;
  readonly classes: number;
  readonly features: readonly Encoding[];
  /** For each output the intercept, then one for each input. */
  readonly coefficients: Float64Array;
  /** Mean of each input in training: a contribution is measured from there. */
  readonly means: Float64Array;
}

/** Calls `visit` for each input of a row that is not 0. */
export function encoder(features: readonly Encoding[], columns: readonly Column[]) {
  const tables = features.map(({ kind, codes }) => (kind === 'category' ? lookup(Int32Array.from(codes)) : undefined));
  return (row: number, visit: (input: number, value: number) => void): void => {
    for (let f = 0; f < features.length; f++) {
      const { from, inputs, mean, sd } = features[f]!;
      if (inputs === 0) continue;
      const value = columns[f]!.values[row]!;
      const table = tables[f];
      if (table) {
        const place = table[value];
        if (place !== undefined) visit(from + place, 1);
      } else if (!Number.isNaN(value)) visit(from, (value - mean) / sd);
      else if (inputs > 1) visit(from + 1, 1);
    }
  };
}

export function logisticModel(parts: LogisticParts): Model {
  const { task, classes, features, coefficients, means } = parts;
  const outputs = task === 'multiclass' ? classes : 1;
  const width = coefficients.length / outputs;
  const contributions = (columns: readonly Column[]): Float64Array => {
    const given = align(features, columns);
    const each = encoder(features, given.columns);
    const owner = new Int32Array(width - 1);
    features.forEach(({ from, inputs }, f) => {
      owner.fill(f, from, from + inputs);
    });
    const places = features.length + 1;
    const answers = new Float64Array(given.rows * outputs * places);
    // What each feature gives where all of its inputs are 0.
    const still = new Float64Array(outputs * places);
    for (let k = 0; k < outputs; k++) {
      still[k * places + features.length] = coefficients[k * width]!;
      for (let i = 0; i < width - 1; i++) {
        const part = coefficients[k * width + 1 + i]! * means[i]!;
        still[k * places + owner[i]!]! -= part;
        still[k * places + features.length]! += part;
      }
    }
    for (let row = 0; row < given.rows; row++) {
      answers.set(still, row * outputs * places);
      each(row, (input, value) => {
        for (let k = 0; k < outputs; k++) {
          answers[(row * outputs + k) * places + owner[input]!]! += coefficients[k * width + 1 + input]! * value;
        }
      });
    }
    return answers;
  };
  const margins = (columns: readonly Column[]): Float64Array => {
    const given = align(features, columns);
    const each = encoder(features, given.columns);
    const answers = new Float64Array(given.rows * outputs);
    for (let row = 0; row < given.rows; row++) {
      for (let k = 0; k < outputs; k++) answers[row * outputs + k] = coefficients[k * width]!;
      each(row, (input, value) => {
        for (let k = 0; k < outputs; k++) answers[row * outputs + k]! += coefficients[k * width + 1 + input]! * value;
      });
    }
    return answers;
  };
  return {
    kind: 'logistic',
    task,
    classes,
    features: features.map(({ name, kind }) => ({ name, kind })),
    outputs,
    margins,
    probabilities: (columns) => {
      if (task === 'regression')
        throw new CarelakeError('LEARN_TASK', 'A regression has no probabilities: ask its margins.');
      const answers = margins(columns);
      if (task === 'binary') return answers.map(sigmoid);
      return softmax(answers, classes);
    },
    contributions,
    importance: () =>
      features.map(({ name, kind, from, inputs }) => {
        let gain = 0;
        for (let k = 0; k < outputs; k++) {
          for (let i = from; i < from + inputs; i++) {
            const share = means[i]!;
            const spread = kind === 'number' && i === from ? 1 : Math.sqrt(Math.max(share * (1 - share), 0));
            gain = Math.max(gain, Math.abs(coefficients[k * width + 1 + i]!) * spread);
          }
        }
        return { name, gain, splits: 0 };
      }),
    encode: () => packed({ kind: 'logistic', task, classes, features }, { coefficients, means }),
  };
}
