// Why a prediction is what it is: what each feature adds to its log-odds. With `base` and `calibration` they sum to them.
import { logOddsPerProbability } from '../calibrate/explanation.js';
import { type CalibrationMap, type ClassCalibrationMap, calibrated } from '../calibrate/map.js';
import { scaledMargins } from '../calibrate/temperature.js';
import { logOdds } from '../evaluate/log-odds.js';

import { type Column, type Model, softmax } from '../learn/index.js';
import { logOddsOf } from '../train/log-odds.js';

/** One row's answer: the probability of each class, and what its log-odds are made of. */
export interface Explained {
  /** Of each class, summing to 1. */
  readonly probabilities: readonly number[];
  /** The number of the class that is explained: 1 of two, the most probable of several. */
  readonly explained: number;
  /** In log-odds; of several classes, in the margin of the class. In the order of the model's features. */
  readonly contributions: readonly { readonly feature: string; readonly contribution: number }[];
  readonly base: number;
  readonly calibration: number;
}

/** Null: the model's own probabilities. */
type Calibration = CalibrationMap | ClassCalibrationMap | null;

export function explainedRows(model: Model, map: Calibration, columns: readonly Column[]): Explained[] {
  const rows = columns[0]?.values.length ?? 0;
  const said = logOddsOf(model, columns);
  const parts = model.contributions(columns);
  const width = model.features.length + 1;
  return Array.from({ length: rows }, (_, row) => {
    const own = said.subarray(row * model.outputs, (row + 1) * model.outputs);
    const { probabilities, explained, calibration } = answerOf(own, map);
    const output = model.outputs === 1 ? 0 : explained;
    const from = (row * model.outputs + output) * width;
    const inMargin = parts.subarray(from, from + width);
    const { terms, base } =
      model.kind === 'forest' ? inLogOdds(inMargin) : { terms: inMargin, base: inMargin[width - 1] as number };
    const contributions = model.features.map(({ name }, at) => ({ feature: name, contribution: terms[at] as number }));
    return { probabilities, explained, contributions, base, calibration };
  });
}

function answerOf(own: Float64Array, map: Calibration) {
  const [margin] = own as unknown as [number];
  if (own.length > 1) {
    const scaled = map?.kind === 'temperature' ? scaledMargins(map, own) : own;
    const probabilities = [...softmax(scaled, own.length)];
    const explained = probabilities.indexOf(Math.max(...probabilities));
    return { probabilities, explained, calibration: (scaled[explained] as number) - (own[explained] as number) };
  }
  const { probability, entry } = calibrated(map && map.kind !== 'temperature' ? map : { kind: 'none' }, margin);
  return { probabilities: [1 - probability, probability], explained: 1, calibration: entry };
}

/** A forest's parts sum to a probability; scaled by Δlogit / Δp they sum to its log-odds. */
function inLogOdds(parts: Float64Array): { terms: Float64Array; base: number } {
  const start = parts.at(-1) as number;
  const end = parts.reduce((sum, part) => sum + part, 0);
  const factor = logOddsPerProbability(end, start);
  return { terms: parts.map((part) => part * factor), base: logOdds(start) };
}
